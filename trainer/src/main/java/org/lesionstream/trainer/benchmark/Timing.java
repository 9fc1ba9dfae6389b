package org.lesionstream.trainer.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Least and median time of one run in milliseconds. */
public record Timing(double minMillis, double medianMillis) {
    private static final double MILLIS = 1e3;

    static Timing of(List<Double> millis) {
        List<Double> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        return new Timing(sorted.get(0), sorted.get(sorted.size() / 2));
    }

    /** At the least time. */
    public double imagesPerSecond(int batch) {
        return batch * MILLIS / minMillis;
    }
}
