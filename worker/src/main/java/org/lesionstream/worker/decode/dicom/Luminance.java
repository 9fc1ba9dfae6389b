package org.lesionstream.worker.decode.dicom;

import org.lesionstream.worker.decode.dicom.codec.Refusal;

/** Turns luminance and colour differences of full range into RGB (PS3.3, C.7.6.3.1.2, the inverse of the equations there), rounded and clipped. */
final class Luminance {

    private static final int ONE = 1 << 16;
    private static final int HALF = 1 << 15;
    private static final int RED_OF_CR = (int) Math.round(1.402 * ONE);
    private static final int GREEN_OF_CB = (int) Math.round(0.114 * 1.772 / 0.587 * ONE);
    private static final int GREEN_OF_CR = (int) Math.round(0.299 * 1.402 / 0.587 * ONE);
    private static final int BLUE_OF_CB = (int) Math.round(1.772 * ONE);

    private Luminance() {}

    static void toRgb(byte[] frame, PixelDescription description) {
        if (description.format() != SampleFormat.UINT8 || description.bitsStored() != 8) {
            throw Refusal.unsupported(
                    description.photometric() + " of " + description.bitsStored() + " bits in " + description.format());
        }
        for (int i = 0; i < frame.length; i += 3) {
            int y = (frame[i] & 0xff) << 16;
            int cb = (frame[i + 1] & 0xff) - 128;
            int cr = (frame[i + 2] & 0xff) - 128;
            frame[i] = clipped(y + RED_OF_CR * cr);
            frame[i + 1] = clipped(y - GREEN_OF_CB * cb - GREEN_OF_CR * cr);
            frame[i + 2] = clipped(y + BLUE_OF_CB * cb);
        }
    }

    private static byte clipped(int scaled) {
        return (byte) Math.max(0, Math.min(255, (scaled + HALF) >> 16));
    }
}
