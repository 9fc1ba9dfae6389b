package org.lesionstream.worker.decode.dicom;

import org.lesionstream.worker.decode.dicom.codec.Refusal;

/** Expands the segments of a palette: entries one by one, straight lines, and repetitions of earlier segments (PS3.3, C.7.9.2). */
final class Segments {

    private static final int DISCRETE = 0;
    private static final int LINEAR = 1;
    private static final int INDIRECT = 2;

    private final int[] segments;
    private final int bytesPerNumber;
    private final int[] entries;
    private int filled;

    private Segments(int[] segments, int bytesPerNumber, int count) {
        this.segments = segments;
        this.bytesPerNumber = bytesPerNumber;
        this.entries = new int[count];
    }

    static int[] expanded(int[] segments, int bytesPerNumber, int count) {
        Segments expansion = new Segments(segments, bytesPerNumber, count);
        int at = 0;
        while (expansion.filled < count) {
            at = expansion.segment(at, true);
        }
        return expansion.entries;
    }

    /** Every segment fills at least one entry, so their number is bounded by the table. */
    private int segment(int at, boolean mayRepeat) {
        int kind = number(at);
        int length = number(at + 1);
        if (length == 0 || kind > INDIRECT || (kind == INDIRECT && !mayRepeat)) {
            throw Refusal.damaged("palette segment of kind " + kind + " and length " + length);
        }
        if (kind == DISCRETE) {
            for (int i = 0; i < length; i++) {
                put(number(at + 2 + i));
            }
            return at + 2 + length;
        }
        if (kind == LINEAR) {
            int from = filled == 0 ? 0 : entries[filled - 1];
            int to = number(at + 2);
            for (int i = 1; i <= length; i++) {
                put(from + (int) Math.round((double) (to - from) * i / length));
            }
            return at + 3;
        }
        int numbers = 4 / bytesPerNumber; // the offset has four bytes, the lowest first
        long offset = 0;
        for (int i = numbers - 1; i >= 0; i--) {
            offset = offset << (8 * bytesPerNumber) | number(at + 2 + i);
        }
        int repeated = (int) Math.min(Integer.MAX_VALUE / 2, offset / bytesPerNumber);
        for (int i = 0; i < length && filled < entries.length; i++) {
            repeated = segment(repeated, false);
        }
        return at + 2 + numbers;
    }

    private void put(int entry) {
        if (filled < entries.length) {
            entries[filled++] = entry;
        }
    }

    private int number(int at) {
        if (at >= segments.length) {
            throw Refusal.damaged("palette segments end early");
        }
        return segments[at];
    }
}
