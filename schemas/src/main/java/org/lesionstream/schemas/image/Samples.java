package org.lesionstream.schemas.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Loops over sample arrays, where speed counts. */
final class Samples {

    private static final VarHandle INT16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private Samples() {}

    /** Sample number {@code index} of an INT16 array. */
    static int int16(byte[] samples, int index) {
        return (short) INT16.get(samples, 2 * index);
    }

    static void int16(byte[] samples, int index, int value) {
        INT16.set(samples, 2 * index, (short) value);
    }

    /** Every pixel of a one-channel grid {@code times} times. */
    static byte[] repeated(PixelGrid grey, int times) {
        byte[] from = grey.samples();
        byte[] to = new byte[Math.multiplyExact(from.length, times)];
        boolean wide = grey.type() == SampleType.INT16;
        int pixels = grey.height() * grey.width();
        for (int k = 0; k < times; k++) {
            for (int i = 0, j = k; i < pixels; i++, j += times) {
                if (wide) {
                    int16(to, j, int16(from, i));
                } else {
                    to[j] = from[i];
                }
            }
        }
        return to;
    }

    /** Luma of a three-channel grid. */
    static byte[] luma(PixelGrid colour) {
        byte[] from = colour.samples();
        int pixels = colour.height() * colour.width();
        byte[] to = new byte[pixels * colour.type().bytesPerSample()];
        if (colour.type() == SampleType.UINT8) {
            for (int i = 0; i < pixels; i++) {
                to[i] = (byte) luma(from[3 * i] & 0xff, from[3 * i + 1] & 0xff, from[3 * i + 2] & 0xff);
            }
        } else {
            for (int i = 0; i < pixels; i++) {
                int16(to, i, luma(int16(from, 3 * i), int16(from, 3 * i + 1), int16(from, 3 * i + 2)));
            }
        }
        return to;
    }

    private static int luma(int red, int green, int blue) {
        return (int) ((19595L * red + 38470L * green + 7471L * blue + 32768) >> 16);
    }
}
