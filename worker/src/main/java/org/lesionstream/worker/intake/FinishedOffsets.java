package org.lesionstream.worker.intake;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A set of offsets, kept as runs, and its notation in the metadata of a committed offset.
 *
 * <p>The notation is {@code 1:} (its version) and then, from the committed offset on, how many offsets are unfinished, how
 * many after them finished, unfinished again and so on, in base 36 with dots between. {@code 1:1.4.2.a} beside offset 100
 * says that 101 to 104 and 107 to 116 are finished. An empty set is the empty text, which is also what Kafka's own tools
 * write when an operator moves the offsets by hand.
 *
 * <p>Not thread-safe.
 */
final class FinishedOffsets {
    private static final String VERSION = "1:";
    private static final int RADIX = 36;

    /** First offset of a run to one past its last; runs neither overlap nor touch. */
    private final NavigableMap<Long, Long> runs = new TreeMap<>();

    /** Adds the offsets from {@code start} up to, not including, {@code end}. */
    void add(long start, long end) {
        if (start >= end) {
            return;
        }
        long from = start;
        long to = end;
        for (Map.Entry<Long, Long> run = runs.floorEntry(to);
                run != null && run.getValue() >= from;
                run = runs.floorEntry(to)) {
            from = Math.min(from, run.getKey());
            to = Math.max(to, run.getValue());
            runs.remove(run.getKey());
        }
        runs.put(from, to);
    }

    boolean contains(long offset) {
        Map.Entry<Long, Long> run = runs.floorEntry(offset);
        return run != null && offset < run.getValue();
    }

    /** Removes all runs that begin at or below the offset and returns the first offset from there that is not finished. */
    long removeThrough(long offset) {
        long next = offset;
        for (Map.Entry<Long, Long> run = runs.firstEntry();
                run != null && run.getKey() <= next;
                run = runs.firstEntry()) {
            next = Math.max(next, run.getValue());
            runs.remove(run.getKey());
        }
        return next;
    }

    /**
     * The set in the notation above, relative to an unfinished offset that lies below all runs.
     *
     * @param maxLength most characters of the text; runs that do not fit are left out, the furthest first
     */
    String encode(long from, int maxLength) {
        StringBuilder text = new StringBuilder();
        long end = from;
        for (Map.Entry<Long, Long> run : runs.entrySet()) {
            String pair = Long.toString(run.getKey() - end, RADIX)
                    + "."
                    + Long.toString(run.getValue() - run.getKey(), RADIX);
            String separator = text.isEmpty() ? VERSION : ".";
            if (text.length() + separator.length() + pair.length() > maxLength) {
                break;
            }
            text.append(separator).append(pair);
            end = run.getValue();
        }
        return text.toString();
    }

    /**
     * Reads the notation back.
     *
     * @throws IllegalArgumentException if the text is not in this notation; the message does not repeat it
     */
    static FinishedOffsets decode(long from, String text) {
        FinishedOffsets offsets = new FinishedOffsets();
        if (text.isEmpty()) {
            return offsets;
        }
        if (!text.startsWith(VERSION)) {
            throw new IllegalArgumentException("offset metadata is not of version " + VERSION);
        }
        String[] lengths = text.substring(VERSION.length()).split("\\.", -1);
        if (lengths.length % 2 != 0) {
            throw new IllegalArgumentException("offset metadata has an odd number of runs, " + lengths.length);
        }
        long end = from;
        for (int i = 0; i < lengths.length; i += 2) {
            long start = Math.addExact(end, length(lengths[i]));
            end = Math.addExact(start, length(lengths[i + 1]));
            offsets.add(start, end);
        }
        return offsets;
    }

    private static long length(String text) {
        try {
            long length = Long.parseLong(text, RADIX);
            if (length > 0) {
                return length;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("offset metadata holds a run that is no number", e);
        }
        throw new IllegalArgumentException("offset metadata holds a run that is not positive");
    }
}
