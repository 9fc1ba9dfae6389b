package org.lesionstream.worker.decode.dicom.codec;

import java.io.ByteArrayOutputStream;

/** Markers and coded bits of JPEG and JPEG-LS streams for tests. */
final class BitWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final boolean jpegLs;
    private int pending;
    private int count;
    private int room = 8;

    /** @param jpegLs whether a byte FF is followed by seven bits, instead of by a byte 00 */
    BitWriter(boolean jpegLs) {
        this.jpegLs = jpegLs;
    }

    BitWriter marker(int marker, int... content) {
        out.write(0xff);
        out.write(marker);
        if (content.length > 0) {
            uint16(content.length + 2);
            for (int value : content) {
                out.write(value);
            }
        }
        return this;
    }

    /** The header of a frame (T.81, B.2.2): components 1, 2 and on, none of them sampled less than another. */
    void frame(int marker, int precision, int rows, int columns, int components) {
        int[] frame = new int[6 + 3 * components];
        frame[0] = precision;
        frame[1] = rows >> 8;
        frame[2] = rows & 0xff;
        frame[3] = columns >> 8;
        frame[4] = columns & 0xff;
        frame[5] = components;
        for (int k = 0; k < components; k++) {
            frame[6 + 3 * k] = k + 1;
            frame[7 + 3 * k] = 0x11;
        }
        marker(marker, frame);
    }

    private void uint16(int value) {
        out.write(value >> 8);
        out.write(value);
    }

    void bits(int value, int length) {
        for (int i = length - 1; i >= 0; i--) {
            pending = pending << 1 | (value >> i & 1);
            if (++count == room) {
                emit();
            }
        }
    }

    /** Fills the last byte, with ones as T.81 wants it or zeros as T.87 does. */
    void align() {
        while (count > 0) {
            bits(jpegLs ? 0 : 1, 1);
        }
        if (jpegLs && room == 7) { // a last FF needs its seven bits
            bits(0, 7);
        }
    }

    private void emit() {
        out.write(pending);
        boolean stuffed = pending == 0xff;
        pending = 0;
        count = 0;
        room = 8;
        if (stuffed && jpegLs) {
            room = 7;
        } else if (stuffed) {
            out.write(0);
        }
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
