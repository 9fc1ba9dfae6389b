package org.lesionstream.trainer.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads values in Python's pickle format, protocols 2 to 4, as far as files of tensors use it.
 *
 * <ul>
 *   <li>A pickle is a program for a stack machine. Here it can only make plain values: {@link TorchObjects} knows every name that it may use.
 *   <li>Bounded: at most a million steps, each of which makes at most one value and takes its bytes from the pickle. Values are never compared, hashed or printed as a
 *       whole, so neither depth nor sharing costs anything.
 *   <li>Whatever the bytes are, reading ends with a value or an {@link IOException} of one line.
 * </ul>
 *
 * <p>Confined to one thread.
 *
 * @see <a href="https://peps.python.org/pep-0307/">PEP 307, protocol 2</a>
 * @see <a href="https://peps.python.org/pep-3154/">PEP 3154, protocol 4</a>
 */
final class Unpickler {
    private static final int MOST_STEPS = 1_000_000;
    private static final int NEWEST_PROTOCOL = 4;

    private final PickleInput in;
    private final TorchObjects objects;
    private final List<Object> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>(); // heights of the stack
    private final Map<Long, Object> memo = new HashMap<>();

    private Unpickler(ByteBuffer bytes, TorchObjects objects) {
        this.in = new PickleInput(bytes);
        this.objects = objects;
    }

    /**
     * Reads one pickle.
     *
     * @param bytes from their position on; it is left behind the pickle
     * @param objects gives meaning to names
     */
    static Object read(ByteBuffer bytes, TorchObjects objects) throws IOException {
        return new Unpickler(bytes, objects).run();
    }

    private Object run() throws IOException {
        for (int step = 0; step < MOST_STEPS; step++) {
            int code = in.unsignedByte();
            if (code == '.') { // STOP
                return pop();
            }
            if (!scalar(code) && !container(code) && !memory(code) && !object(code)) {
                throw new IOException("the pickle has the unknown instruction 0x%02x".formatted(code));
            }
        }
        throw new IOException("the pickle has more than " + MOST_STEPS + " steps");
    }

    private boolean scalar(int code) throws IOException {
        switch (code) {
            case 'N' -> push(TorchObjects.NONE);
            case 0x88 -> push(true); // NEWTRUE
            case 0x89 -> push(false); // NEWFALSE
            case 'J' -> push((long) in.signedInt()); // BININT
            case 'K' -> push((long) in.unsignedByte()); // BININT1
            case 'M' -> push((long) in.unsignedShort()); // BININT2
            case 0x8a -> push(in.wholeNumber(in.unsignedByte())); // LONG1
            case 0x8b -> push(in.wholeNumber(in.unsignedInt())); // LONG4
            case 'G' -> push(in.fraction()); // BINFLOAT
            case 'X' -> push(in.text(in.unsignedInt())); // BINUNICODE
            case 0x8c -> push(in.text(in.unsignedByte())); // SHORT_BINUNICODE
            case 0x8d -> push(in.text(in.signedLong())); // BINUNICODE8
            case 'U' -> push(in.text(in.unsignedByte())); // SHORT_BINSTRING, a word of Python 2
            case 'T' -> push(in.text(in.unsignedInt())); // BINSTRING
            case 'C' -> push(in.text(in.unsignedByte())); // SHORT_BINBYTES; bytes mean nothing here
            case 'B' -> push(in.text(in.unsignedInt())); // BINBYTES
            case 0x8e -> push(in.text(in.signedLong())); // BINBYTES8
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int code) throws IOException {
        switch (code) {
            case ')', ']', 0x8f -> push(new ArrayList<>(0)); // EMPTY_TUPLE, EMPTY_LIST, EMPTY_SET
            case '}' -> push(new LinkedHashMap<>()); // EMPTY_DICT
            case 0x85 -> push(popAll(stack.size() - 1)); // TUPLE1
            case 0x86 -> push(popAll(stack.size() - 2)); // TUPLE2
            case 0x87 -> push(popAll(stack.size() - 3)); // TUPLE3
            case 't', 'l', 0x91 -> push(popAll(popMark())); // TUPLE, LIST, FROZENSET
            case 'd' -> push(dictionary(popAll(popMark()))); // DICT
            case 'a' -> append(popAll(stack.size() - 1)); // APPEND
            case 'e', 0x90 -> append(popAll(popMark())); // APPENDS, ADDITEMS
            case 's' -> putAll(popAll(stack.size() - 2)); // SETITEM
            case 'u' -> putAll(popAll(popMark())); // SETITEMS
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean memory(int code) throws IOException {
        switch (code) {
            case '(' -> marks.add(stack.size()); // MARK
            case '0' -> pop(); // POP
            case '1' -> popAll(popMark()); // POP_MARK
            case '2' -> push(top()); // DUP
            case 'q' -> memo.put((long) in.unsignedByte(), top()); // BINPUT
            case 'r' -> memo.put(in.unsignedInt(), top()); // LONG_BINPUT
            case 0x94 -> memo.put((long) memo.size(), top()); // MEMOIZE
            case 'h' -> push(remembered(in.unsignedByte())); // BINGET
            case 'j' -> push(remembered(in.unsignedInt())); // LONG_BINGET
            case 0x95 -> in.signedLong(); // FRAME: where the next frame ends is of no interest
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean object(int code) throws IOException {
        switch (code) {
            case 0x80 -> requireProtocol(in.unsignedByte()); // PROTO
            case 'c' -> push(objects.global(in.line(), in.line())); // GLOBAL
            case 0x93 -> { // STACK_GLOBAL
                String name = TorchObjects.as(String.class, pop(), "name of a class");
                push(objects.global(TorchObjects.as(String.class, pop(), "name of a module"), name));
            }
            case 'R', 0x81 -> { // REDUCE, NEWOBJ
                Object arguments = pop();
                push(objects.call(pop(), arguments));
            }
            case 'b' -> { // BUILD
                pop();
                objects.setState(top());
            }
            case 'Q' -> push(objects.persistent(pop())); // BINPERSID
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void requireProtocol(int protocol) throws IOException {
        if (protocol > NEWEST_PROTOCOL) {
            throw new IOException("pickle protocol " + protocol + " is newer than " + NEWEST_PROTOCOL);
        }
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object pop() throws IOException {
        return popAll(stack.size() - 1).get(0);
    }

    private Object top() throws IOException {
        requireHeight(stack.size() - 1);
        return stack.get(stack.size() - 1);
    }

    /** Takes everything above a height off the stack. */
    private List<Object> popAll(int height) throws IOException {
        requireHeight(height);
        List<Object> above = stack.subList(height, stack.size());
        List<Object> taken = new ArrayList<>(above);
        above.clear();
        return taken;
    }

    private void requireHeight(int height) throws IOException {
        int floor = marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
        if (height < floor) {
            throw new IOException("the pickle takes more values than it has made");
        }
    }

    private int popMark() throws IOException {
        if (marks.isEmpty()) {
            throw new IOException("the pickle lacks a mark");
        }
        return marks.remove(marks.size() - 1);
    }

    private Object remembered(long number) throws IOException {
        Object value = memo.get(number);
        if (value == null) {
            throw new IOException("the pickle remembers nothing under " + number);
        }
        return value;
    }

    @SuppressWarnings("unchecked") // every list here is one of values
    private void append(List<Object> items) throws IOException {
        TorchObjects.as(List.class, top(), "what is appended to").addAll(items);
    }

    @SuppressWarnings("unchecked") // every dictionary here is one of values
    private void putAll(List<Object> items) throws IOException {
        putAll(TorchObjects.as(Map.class, top(), "what items are put into"), items);
    }

    private static Map<Object, Object> dictionary(List<Object> items) throws IOException {
        Map<Object, Object> dictionary = new LinkedHashMap<>();
        putAll(dictionary, items);
        return dictionary;
    }

    private static void putAll(Map<Object, Object> dictionary, List<Object> items) throws IOException {
        if (items.size() % 2 != 0) {
            throw new IOException("the pickle gives a dictionary a key without a value");
        }
        for (int i = 0; i < items.size(); i += 2) {
            TorchObjects.put(dictionary, items.get(i), items.get(i + 1));
        }
    }
}
