package org.lesionstream.schemas.lesion;

import java.util.Arrays;

/** A growing list of runs in raster order with a union-find forest over them; a root is always the first run of its set. */
final class RunList {

    private static final int FIELDS = 5; // label, row, start, end, parent

    private int[] fields = new int[FIELDS * 256];
    private int size;

    int size() {
        return size;
    }

    void add(int label, int row, int start, int end) {
        int at = FIELDS * size;
        if (at == fields.length) {
            fields = Arrays.copyOf(fields, Math.multiplyExact(2, fields.length));
        }
        fields[at] = label;
        fields[at + 1] = row;
        fields[at + 2] = start;
        fields[at + 3] = end;
        fields[at + 4] = size++;
    }

    int label(int run) {
        return fields[FIELDS * run];
    }

    int row(int run) {
        return fields[FIELDS * run + 1];
    }

    int start(int run) {
        return fields[FIELDS * run + 2];
    }

    /** Exclusive. */
    int end(int run) {
        return fields[FIELDS * run + 3];
    }

    /** The first run of the set that {@code run} is in; halves the path on its way. */
    int root(int run) {
        int at = run;
        while (parent(at) != at) {
            int grandparent = parent(parent(at));
            fields[FIELDS * at + 4] = grandparent;
            at = grandparent;
        }
        return at;
    }

    void union(int one, int other) {
        int first = root(one);
        int second = root(other);
        fields[FIELDS * Math.max(first, second) + 4] = Math.min(first, second);
    }

    /**
     * Joins the runs of one row with those of the same label in an earlier row, or in the same one.
     *
     * @param above first run of the earlier row, and {@code aboveEnd} the one after its last
     * @param current first run of the row, and {@code currentEnd} the one after its last
     * @param step the largest distance of columns, from pixel to pixel, that joins
     */
    void join(int above, int aboveEnd, int current, int currentEnd, int step) {
        int candidate = above;
        for (int run = current; run < currentEnd; run++) {
            int reach = start(run) - step;
            while (candidate < aboveEnd && end(candidate) <= reach) {
                candidate++; // ends too far before this run, and so before all that follow
            }
            int last = end(run) - 1 + step;
            for (int other = candidate; other < aboveEnd && start(other) <= last; other++) {
                if (label(other) == label(run)) {
                    union(other, run);
                }
            }
        }
    }

    private int parent(int run) {
        return fields[FIELDS * run + 4];
    }
}
