package org.lesionstream.trainer.export;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes values in Python's pickle format, protocol 2: the few opcodes that a TorchScript archive needs.
 *
 * <p>A pickle is a program for a stack machine; each method appends one step of it. Confined to one thread.
 *
 * @see <a href="https://peps.python.org/pep-0307/">PEP 307, protocol 2</a>
 */
final class Pickle {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Pickle() {
        raw(0x80, 2); // PROTO 2
    }

    /** The pickle of the empty tuple. */
    static byte[] emptyTuple() {
        return new Pickle().tuple().finish();
    }

    /** Pushes a class or function by its module and name. */
    Pickle global(String module, String name) {
        raw('c');
        text(module + "\n" + name + "\n");
        return this;
    }

    /** Pushes a word. */
    Pickle word(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        raw('X'); // BINUNICODE
        littleEndian(4, bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    /** Pushes a whole number, in the shortest form that holds it. */
    Pickle whole(long number) {
        if (number >= 0 && number <= 0xff) {
            raw('K', (int) number); // BININT1
        } else if (number >= 0 && number <= 0xffff) {
            raw('M'); // BININT2
            littleEndian(2, number);
        } else if (number == (int) number) {
            raw('J'); // BININT
            littleEndian(4, number);
        } else {
            raw(0x8a, 8); // LONG1 of eight bytes
            littleEndian(8, number);
        }
        return this;
    }

    /** Pushes a tuple of whole numbers. */
    Pickle wholes(long... numbers) {
        mark();
        for (long number : numbers) {
            whole(number);
        }
        return endTuple();
    }

    /** Pushes {@code False}. */
    Pickle no() {
        return raw(0x89); // NEWFALSE
    }

    /** Pushes the empty tuple. */
    Pickle tuple() {
        return raw(')');
    }

    /** Pushes the empty dictionary. */
    Pickle dictionary() {
        return raw('}');
    }

    /** Remembers this height of the stack for the tuple or the items to come. */
    Pickle mark() {
        return raw('(');
    }

    /** Replaces everything above the mark by a tuple of it. */
    Pickle endTuple() {
        return raw('t');
    }

    /** Puts the keys and values above the mark into the dictionary below it. */
    Pickle setItems() {
        return raw('u');
    }

    /** Replaces a class and a tuple of arguments by a new object of the class. */
    Pickle newObject() {
        return raw(0x81); // NEWOBJ
    }

    /** Replaces a function and a tuple of arguments by the result of the call. */
    Pickle reduce() {
        return raw('R');
    }

    /** Gives the object below its state, which is on top. */
    Pickle build() {
        return raw('b');
    }

    /** Replaces an identifier by the object that the reader keeps outside of the pickle. */
    Pickle persistent() {
        return raw('Q'); // BINPERSID
    }

    /** Appends steps of another program; they bring their own memory, since this one remembers nothing. */
    Pickle steps(byte[] steps) {
        out.writeBytes(steps);
        return this;
    }

    /** Ends the program; its result is what is left on the stack. */
    byte[] finish() {
        raw('.');
        return out.toByteArray();
    }

    private Pickle raw(int... bytes) {
        for (int b : bytes) {
            out.write(b);
        }
        return this;
    }

    private void text(String ascii) {
        out.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    private void littleEndian(int bytes, long number) {
        byte[] all = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .array();
        out.write(all, 0, bytes);
    }
}
