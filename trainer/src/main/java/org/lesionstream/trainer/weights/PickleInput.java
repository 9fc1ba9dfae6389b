package org.lesionstream.trainer.weights;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The operands of a pickle, read from the front of some bytes.
 *
 * <p>Nothing is read past the end, and nothing is allocated that the bytes do not hold. Confined to one thread.
 */
final class PickleInput {
    private static final int LONGEST_NUMBER = 255; // bytes
    private static final int LONGEST_LINE = 1000; // bytes; lines are names of modules and classes

    private final ByteBuffer bytes;

    /** Reads from the position of the buffer, which moves along. */
    PickleInput(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    int unsignedByte() throws IOException {
        return require(1).get() & 0xff;
    }

    int unsignedShort() throws IOException {
        return require(2).getShort() & 0xffff;
    }

    int signedInt() throws IOException {
        return require(4).getInt();
    }

    long unsignedInt() throws IOException {
        return signedInt() & 0xffff_ffffL;
    }

    long signedLong() throws IOException {
        return require(8).getLong();
    }

    /** Fractions are big endian, unlike everything else. */
    double fraction() throws IOException {
        return Double.longBitsToDouble(Long.reverseBytes(signedLong()));
    }

    /** A whole number in two's complement: a {@link Long} where it fits, else a {@link BigInteger}. */
    Number wholeNumber(long length) throws IOException {
        if (length > LONGEST_NUMBER) {
            throw new IOException("a whole number of " + length + " bytes is longer than " + LONGEST_NUMBER);
        }
        byte[] number = take(length);
        for (int low = 0, high = number.length - 1; low < high; low++, high--) {
            byte swapped = number[low];
            number[low] = number[high];
            number[high] = swapped;
        }
        BigInteger value = number.length == 0 ? BigInteger.ZERO : new BigInteger(number);
        return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
    }

    String text(long length) throws IOException {
        return new String(take(length), StandardCharsets.UTF_8);
    }

    /** Text up to the next line feed, which is passed over. */
    String line() throws IOException {
        int start = bytes.position();
        while (unsignedByte() != '\n') {
            if (bytes.position() - start > LONGEST_LINE) {
                throw new IOException("a name is longer than " + LONGEST_LINE + " bytes");
            }
        }
        byte[] line = new byte[bytes.position() - 1 - start];
        bytes.get(start, line);
        return new String(line, StandardCharsets.UTF_8);
    }

    private byte[] take(long length) throws IOException {
        require(length);
        byte[] taken = new byte[(int) length];
        bytes.get(taken);
        return taken;
    }

    private ByteBuffer require(long length) throws IOException {
        if (length < 0 || length > bytes.remaining()) {
            throw new IOException("the pickle wants " + length + " more bytes, there are " + bytes.remaining());
        }
        return bytes;
    }
}
