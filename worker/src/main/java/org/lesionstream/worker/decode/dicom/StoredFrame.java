package org.lesionstream.worker.decode.dicom;

import org.lesionstream.worker.decode.dicom.codec.FrameLayout;

/**
 * The stored values of one frame: before rescale, palette and window, and before MONOCHROME1 is turned. Bits beyond those stored are gone, signs
 * are extended, luminance and colour differences have become RGB.
 *
 * @param values row by row, in a row pixel by pixel, in a pixel sample by sample, little endian; owned by the frame from here on
 */
@SuppressWarnings("ArrayRecordComponent") // owned as said above; frames are not compared
public record StoredFrame(int rows, int columns, int samples, SampleFormat format, byte[] values) {

    static StoredFrame of(byte[] frame, PixelDescription description) {
        FrameLayout layout = description.layout();
        if (description.bitsAllocated() > 1 && !floating(description.format())) {
            StoredBits.keep(frame, description.format(), description.bitsStored(), description.shift());
        }
        if (description.photometric().isLuminance()) {
            Luminance.toRgb(frame, description);
        }
        return new StoredFrame(layout.rows(), layout.columns(), layout.samples(), description.format(), frame);
    }

    /** How many values there are. */
    public int count() {
        return values.length / format.bytes();
    }

    /** One value. */
    public double value(int index) {
        long bits = 0;
        for (int i = format.bytes() - 1; i >= 0; i--) {
            bits = bits << 8 | (values[index * format.bytes() + i] & 0xff);
        }
        return switch (format) {
            case UINT8, UINT16, UINT32 -> bits;
            case INT8 -> (byte) bits;
            case INT16 -> (short) bits;
            case INT32 -> (int) bits;
            case INT64 -> bits;
            case UINT64 -> bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
            case FLOAT32 -> Float.intBitsToFloat((int) bits);
            case FLOAT64 -> Double.longBitsToDouble(bits);
        };
    }

    private static boolean floating(SampleFormat format) {
        return format == SampleFormat.FLOAT32 || format == SampleFormat.FLOAT64;
    }
}
