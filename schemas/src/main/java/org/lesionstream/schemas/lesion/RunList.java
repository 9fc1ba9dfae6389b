package org.lesionstream.schemas.lesion;

import java.util.Arrays;

/** A growing list of runs with a union-find forest over them; a root is always the first run of its set. */
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

    private int parent(int run) {
        return fields[FIELDS * run + 4];
    }
}
