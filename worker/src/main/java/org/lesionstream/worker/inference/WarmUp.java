package org.lesionstream.worker.inference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Runs every batch size a few times before jobs do, since the engine records, compiles and lays out memory during the first
 * runs of each shape, and finds out up to which size batches pay.
 *
 * <ul>
 *   <li>The largest size is the one with the most tiles per second; a larger one must gain at least 2 % to be worth its
 *       waiting. On CPUs that is often 1 to 4, on GPUs the most that fits.
 *   <li>No size is used whose run takes longer than the longest batch, or that the device has no memory for; the smallest one
 *       always is.
 *   <li>The tiles are noise from a fixed seed: constant tiles would flatter the measured times.
 * </ul>
 */
final class WarmUp {

    /** The engine profiles the first run of a shape and compiles in the second one; their times mean nothing. */
    private static final int UNTIMED_RUNS = 2;

    private static final int TIMED_RUNS = 3;
    private static final double WORTH_WAITING = 1.02;

    /** The first run of a shape may take so many times as long as the later ones. */
    private static final int SLOW_START = 4;

    private final List<Integer> batchSizes;
    private final OptionalInt largest;
    private final Duration longest;
    private final LongSupplier nanoClock;

    /**
     * @param batchSizes ascending
     * @param largest set by hand; empty to take the fastest
     * @param longest time of one batch
     */
    WarmUp(List<Integer> batchSizes, OptionalInt largest, Duration longest, LongSupplier nanoClock) {
        this.batchSizes = batchSizes;
        this.largest = largest;
        this.longest = longest;
        this.nanoClock = nanoClock;
    }

    /** The batch sizes that jobs shall use, each with the median time of one run. */
    SortedMap<Integer, Duration> run(Segmenter segmenter, int tileBytes) {
        byte[] noise = new byte[tileBytes];
        new Random(1).nextBytes(noise);
        SortedMap<Integer, Duration> medians = new TreeMap<>();
        for (int size : batchSizes) {
            boolean wanted = medians.isEmpty() || largest.isEmpty() || size <= largest.getAsInt();
            if (!wanted || !measure(segmenter, Collections.nCopies(size, TileInput.of(noise)), medians)) {
                break;
            }
        }
        int last = largest.isPresent() ? medians.lastKey() : fastest(medians);
        return Collections.unmodifiableSortedMap(new TreeMap<>(medians.headMap(last + 1)));
    }

    /** Adds the median of this size; false if it is too large, and so are those above. */
    private boolean measure(Segmenter segmenter, List<TileInput> tiles, SortedMap<Integer, Duration> medians) {
        boolean smallest = medians.isEmpty();
        List<Long> nanos = new ArrayList<>();
        try {
            for (int run = 0; run < UNTIMED_RUNS + TIMED_RUNS; run++) {
                long start = nanoClock.getAsLong();
                segmenter.segment(tiles, tiles.size());
                long taken = nanoClock.getAsLong() - start;
                if (!smallest && taken > SLOW_START * longest.toNanos()) {
                    return false;
                }
                if (run >= UNTIMED_RUNS) {
                    nanos.add(taken);
                }
            }
        } catch (OutOfMemoryException tooLarge) {
            if (smallest) {
                throw tooLarge;
            }
            return false;
        }
        Collections.sort(nanos);
        Duration median = Duration.ofNanos(nanos.get(TIMED_RUNS / 2));
        if (!smallest && median.compareTo(longest) > 0) {
            return false;
        }
        medians.put(tiles.size(), median);
        return true;
    }

    private static int fastest(SortedMap<Integer, Duration> medians) {
        int fastest = medians.firstKey();
        for (Map.Entry<Integer, Duration> each : medians.entrySet()) {
            if (rate(each.getKey(), each.getValue()) > WORTH_WAITING * rate(fastest, medians.get(fastest))) {
                fastest = each.getKey();
            }
        }
        return fastest;
    }

    /** Tiles per nanosecond. */
    private static double rate(int size, Duration time) {
        return (double) size / Math.max(1, time.toNanos());
    }
}
