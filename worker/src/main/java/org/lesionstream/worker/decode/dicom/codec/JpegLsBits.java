package org.lesionstream.worker.decode.dicom.codec;

/**
 * The bits of a JPEG-LS scan (ITU-T T.87, A.1): after a byte FF the next one holds seven bits, or is a marker, which ends the bits.
 *
 * <p>No bit is made up: who reads beyond the end gets the frame refused. Confined to one thread.
 */
final class JpegLsBits {

    private final byte[] bytes;
    private int position;
    private long buffer; // the next bits, left-aligned
    private int count;
    private boolean afterFf;

    JpegLsBits(byte[] bytes, int position) {
        this.bytes = bytes;
        this.position = position;
    }

    private void fill() {
        while (count <= 56 && position < bytes.length) {
            int next = bytes[position] & 0xff;
            if (afterFf) {
                if (next > 0x7f) {
                    return; // a marker
                }
                buffer |= (long) next << (57 - count);
                count += 7;
            } else {
                buffer |= (long) next << (56 - count);
                count += 8;
            }
            afterFf = next == 0xff;
            position++;
        }
    }

    /** One bit. */
    boolean readBit() {
        if (count == 0) {
            fill();
            need(1);
        }
        boolean bit = buffer < 0;
        buffer <<= 1;
        count--;
        return bit;
    }

    /** A number of 0 to 24 bits. */
    int read(int bits) {
        if (count < bits) {
            fill();
            need(bits);
        }
        int value = bits == 0 ? 0 : (int) (buffer >>> (64 - bits));
        buffer <<= bits;
        count -= bits;
        return value;
    }

    /**
     * A Golomb code of limited length (T.87, A.5.3).
     *
     * @param k bits that are written as they are
     * @param longest bits of the longest code
     * @param escapeBits bits of a number that would have a longer code
     */
    int golomb(int k, int longest, int escapeBits) {
        if (count < 32) {
            fill();
        }
        int zeros = Long.numberOfLeadingZeros(buffer);
        if (zeros + 1 + k <= count && zeros < longest - escapeBits - 1) {
            buffer <<= zeros + 1; // two shifts: together they may be of 64 bits, which Java takes for none
            int low = k == 0 ? 0 : (int) (buffer >>> (64 - k));
            buffer <<= k;
            count -= zeros + 1 + k;
            return zeros << k | low;
        }
        return slowGolomb(k, longest, escapeBits);
    }

    private int slowGolomb(int k, int longest, int escapeBits) {
        int most = longest - escapeBits - 1;
        int zeros = 0;
        while (!readBit()) {
            if (++zeros > most) {
                throw Refusal.damaged("a JPEG-LS code is too long");
            }
        }
        return zeros < most ? zeros << k | read(k) : read(escapeBits) + 1;
    }

    private void need(int bits) {
        if (count < bits) {
            throw Refusal.damaged("a JPEG-LS scan ends early");
        }
    }

    /** Where the markers go on. */
    int position() {
        return afterFf ? position - 1 : position;
    }
}
