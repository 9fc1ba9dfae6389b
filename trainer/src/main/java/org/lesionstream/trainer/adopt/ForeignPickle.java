package org.lesionstream.trainer.adopt;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The program {@code data.pkl} of a TorchScript file, looked at but never run.
 *
 * <p>A pickle is a program for a stack machine. This one may have only the steps that the engine's own reader knows, must make an object of a TorchScript class
 * first, and must end where the file ends. So it can stand, without its header and its end, wherever another program needs that object.
 *
 * @param type the class of the object, such as {@code __torch__.Net}
 * @param program its steps without header and end
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record ForeignPickle(String type, byte[] program) {

    private static final Pattern CLASS_NAME = Pattern.compile("__torch__(\\.[A-Za-z_][A-Za-z0-9_]*)+");

    private static final int LONGEST_LINE = 1000; // names; the pattern above takes stack for every step of one

    private static final int PROTOCOL = 0x80;
    private static final int GLOBAL = 'c';
    private static final int STOP = '.';

    /**
     * Looks through a program.
     *
     * @throws AdoptionException when it is not that of a module
     */
    static ForeignPickle of(byte[] pickle) {
        ByteBuffer steps = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
        try {
            if (next(steps) != PROTOCOL || next(steps) != 2) {
                throw new AdoptionException("data.pkl is no pickle of protocol 2, as TorchScript files have");
            }
            int start = steps.position();
            if (next(steps) != GLOBAL) {
                throw notAModule("a plain value");
            }
            String type = line(steps) + "." + line(steps);
            if (!CLASS_NAME.matcher(type).matches()) {
                throw notAModule("an object of another kind");
            }
            int step = next(steps);
            while (step != STOP) {
                skip(step, steps);
                step = next(steps);
            }
            if (steps.hasRemaining()) {
                throw new AdoptionException("data.pkl goes on after its end, by " + steps.remaining() + " bytes");
            }
            return new ForeignPickle(type, Arrays.copyOfRange(pickle, start, pickle.length - 1));
        } catch (BufferUnderflowException e) {
            throw new AdoptionException("data.pkl ends in the middle of a step", e);
        }
    }

    private static AdoptionException notAModule(String what) {
        return new AdoptionException("data.pkl holds " + what
                + " instead of a module; torch.jit.script(module).save(file) or torch.jit.trace write one");
    }

    /** Passes over what follows a step. */
    private static void skip(int step, ByteBuffer steps) {
        switch (step) {
            case '(',
                    ')',
                    ']',
                    '}',
                    'N',
                    't',
                    'a',
                    'e',
                    's',
                    'u',
                    'b',
                    'R',
                    'Q',
                    0x81,
                    0x85,
                    0x86,
                    0x87,
                    0x88,
                    0x89 -> {}
            case 'q', 'h', 'K' -> forward(steps, 1);
            case 'M' -> forward(steps, 2);
            case 'r', 'j', 'J' -> forward(steps, 4);
            case 'G' -> forward(steps, 8);
            case 0x8a -> forward(steps, next(steps));
            case 'X' -> forward(steps, steps.getInt());
            case GLOBAL -> {
                line(steps);
                line(steps);
            }
            default ->
                throw new AdoptionException(
                        "data.pkl has a step that TorchScript files do not have: 0x" + Integer.toHexString(step));
        }
    }

    private static void forward(ByteBuffer steps, int bytes) {
        if (bytes < 0 || bytes > steps.remaining()) {
            throw new BufferUnderflowException();
        }
        steps.position(steps.position() + bytes);
    }

    private static int next(ByteBuffer steps) {
        return steps.get() & 0xff;
    }

    private static String line(ByteBuffer steps) {
        StringBuilder line = new StringBuilder();
        for (int character = next(steps); character != '\n'; character = next(steps)) {
            if (line.length() == LONGEST_LINE) {
                throw new AdoptionException("data.pkl has a name of more than " + LONGEST_LINE + " characters");
            }
            line.append((char) character);
        }
        return line.toString();
    }
}
