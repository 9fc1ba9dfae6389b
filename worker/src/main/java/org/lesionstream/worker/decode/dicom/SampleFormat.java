package org.lesionstream.worker.decode.dicom;

/** How a stored value is written in bytes, little endian. */
public enum SampleFormat {
    UINT8(1),
    INT8(1),
    UINT16(2),
    INT16(2),
    UINT32(4),
    INT32(4),
    /** Never in DICOM, as the next one. */
    UINT64(8),
    INT64(8),
    FLOAT32(4),
    FLOAT64(8);

    private final int bytes;

    SampleFormat(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one value. */
    public int bytes() {
        return bytes;
    }

    /** Whether values may be below zero, as whole numbers. */
    boolean signed() {
        return this == INT8 || this == INT16 || this == INT32 || this == INT64;
    }

    static SampleFormat integer(int bytes, boolean signed) {
        return switch (bytes) {
            case 1 -> signed ? INT8 : UINT8;
            case 2 -> signed ? INT16 : UINT16;
            default -> signed ? INT32 : UINT32;
        };
    }
}
