package org.lesionstream.schemas.image;

/** How one sample is stored in bytes. */
public enum SampleType {

    /** One byte, 0 to 255. */
    UINT8(1),

    /** Two bytes, little endian, two's complement, -32768 to 32767. */
    INT16(2);

    private final int bytesPerSample;

    SampleType(int bytesPerSample) {
        this.bytesPerSample = bytesPerSample;
    }

    public int bytesPerSample() {
        return bytesPerSample;
    }

    /** Lowest value that can be stored. */
    public int lowest() {
        return this == UINT8 ? 0 : Short.MIN_VALUE;
    }

    /** Highest value that can be stored. */
    public int highest() {
        return this == UINT8 ? 255 : Short.MAX_VALUE;
    }
}
