package org.lesionstream.worker.batch;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The fixed batch sizes of one key, and how long one run of each takes.
 *
 * @param times by size, never empty
 */
public record BatchSizes(SortedMap<Integer, Duration> times) {

    /** Backfill may lengthen the run of an urgent batch by a quarter. */
    private static final double FILLING = 1.25;

    public BatchSizes {
        if (times.isEmpty() || times.firstKey() < 1) {
            throw new IllegalArgumentException("times must have positive sizes, had " + times.keySet());
        }
        times = Collections.unmodifiableSortedMap(new TreeMap<>(times));
    }

    public int largest() {
        return times.lastKey();
    }

    /** The size to which so many items are padded. */
    public int padded(int items) {
        SortedMap<Integer, Duration> enough = times.tailMap(items);
        return enough.isEmpty() ? largest() : enough.firstKey();
    }

    /** How long a run of so many items takes. */
    public Duration time(int items) {
        return times.get(padded(items));
    }

    /**
     * Up to which size backfill joins so many urgent items: the places that padding would take, and those of larger sizes that
     * take hardly longer, as on a device that is far from full.
     */
    int withBackfill(int urgent) {
        double limit = FILLING * time(urgent).toNanos();
        int size = padded(urgent);
        for (int larger : times.tailMap(size).keySet()) {
            if (times.get(larger).toNanos() <= limit) {
                size = larger;
            }
        }
        return size;
    }

    /** The same without the sizes above a limit; the smallest one always stays. */
    public BatchSizes upTo(int limit) {
        SortedMap<Integer, Duration> small = times.headMap(limit + 1);
        return new BatchSizes(small.isEmpty() ? times.headMap(times.firstKey() + 1) : small);
    }
}
