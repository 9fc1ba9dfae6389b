package org.lesionstream.worker.decode.dicom.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The entropy-coded bits of a JPEG scan (T.81, F.2.2.5): a byte FF is followed by 00, which is dropped, or by a marker, which ends the bits.
 *
 * <p>No bit is made up: who reads beyond the end gets the frame refused. Confined to one thread.
 */
final class JpegBits {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private int position;
    private long buffer; // the next bits, left-aligned
    private int count;

    JpegBits(byte[] bytes, int position) {
        this.bytes = bytes;
        this.position = position;
    }

    /** Makes sure that 32 bits are in the buffer, or all that are left. */
    void fill() {
        if (count >= 32) {
            return;
        }
        if (position <= bytes.length - 4) {
            int four = (int) INT.get(bytes, position);
            int holes = ~four; // a byte FF is a byte 0 here
            if (((holes - 0x0101_0101) & ~holes & 0x8080_8080) == 0) {
                buffer |= (four & 0xffff_ffffL) << (32 - count);
                count += 32;
                position += 4;
                return;
            }
        }
        while (count <= 56 && position < bytes.length) {
            int next = bytes[position] & 0xff;
            if (next == 0xff) {
                if (position + 1 >= bytes.length || bytes[position + 1] != 0) {
                    return; // a marker
                }
                position++;
            }
            position++;
            buffer |= (long) next << (56 - count);
            count += 8;
        }
    }

    /** The next 16 bits; zeros stand for those beyond the end. */
    int peek16() {
        return (int) (buffer >>> 48);
    }

    void skip(int bits) {
        if (bits > count) {
            throw Refusal.damaged("a JPEG scan ends early");
        }
        buffer <<= bits;
        count -= bits;
    }

    /** A number of 1 to 16 bits, of which the buffer must hold all that are left. */
    int read(int bits) {
        int value = (int) (buffer >>> (64 - bits));
        skip(bits);
        return value;
    }

    /** A difference of {@code size} bits, 0 to 16 (T.81, F.2.2.1 and H.1.2.2): of 16 bits there is one alone, 32768, without bits. */
    int difference(int size) {
        if (size == 0) {
            return 0;
        }
        if (size >= 16) {
            if (size > 16) {
                throw Refusal.damaged("a difference of " + size + " bits");
            }
            return 32768;
        }
        int value = read(size);
        return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
    }

    /** Goes on behind a restart marker. */
    void restart() {
        buffer = 0;
        count = 0;
        while (position < bytes.length - 1
                && (bytes[position] & 0xff) == 0xff
                && (bytes[position + 1] & 0xff) == 0xff) {
            position++;
        }
        if (position > bytes.length - 2 || (bytes[position] & 0xff) != 0xff || (bytes[position + 1] & 0xf8) != 0xd0) {
            throw Refusal.damaged("a JPEG restart marker is missing");
        }
        position += 2;
    }

    /** Where the markers go on. Only whole bytes were read ahead, and none beyond a marker. */
    int position() {
        return position;
    }
}
