package org.lesionstream.worker.inference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Runs every batch size a few times before jobs do, since the engine records, compiles and lays out memory during the first
 * runs of each shape.
 *
 * <p>The tiles are noise from a fixed seed: constant tiles would flatter the measured times.
 */
final class WarmUp {

    /** The engine profiles the first run of a shape and compiles in the second one; their times mean nothing. */
    private static final int UNTIMED_RUNS = 2;

    private static final int TIMED_RUNS = 3;

    private final List<Integer> batchSizes;
    private final LongSupplier nanoClock;

    WarmUp(List<Integer> batchSizes, LongSupplier nanoClock) {
        this.batchSizes = batchSizes;
        this.nanoClock = nanoClock;
    }

    /** Median time of one run per batch size. */
    SortedMap<Integer, Duration> run(Segmenter segmenter, int tileBytes) {
        byte[] noise = new byte[tileBytes];
        new Random(1).nextBytes(noise);
        SortedMap<Integer, Duration> medians = new TreeMap<>();
        for (int size : batchSizes) {
            medians.put(size, median(segmenter, Collections.nCopies(size, noise)));
        }
        return medians;
    }

    private Duration median(Segmenter segmenter, List<byte[]> tiles) {
        for (int run = 0; run < UNTIMED_RUNS; run++) {
            segmenter.segment(tiles);
        }
        List<Long> nanos = new ArrayList<>();
        for (int run = 0; run < TIMED_RUNS; run++) {
            long start = nanoClock.getAsLong();
            segmenter.segment(tiles);
            nanos.add(nanoClock.getAsLong() - start);
        }
        Collections.sort(nanos);
        return Duration.ofNanos(nanos.get(TIMED_RUNS / 2));
    }
}
