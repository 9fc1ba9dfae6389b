package org.lesionstream.trainer.training;

import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What a run has around it, beside what it trains.
 *
 * @param progress is told how it gets on
 * @param keeper keeps it, so that it can go on after the process is gone
 * @param interrupted asked between two steps whether the run should be kept and left
 * @param loaders threads that prepare batches
 * @param nanoClock the time
 */
public record RunSurroundings(
        ProgressListener progress, RunKeeper keeper, BooleanSupplier interrupted, int loaders, LongSupplier nanoClock) {

    public RunSurroundings {
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(keeper, "keeper");
        Objects.requireNonNull(interrupted, "interrupted");
        Objects.requireNonNull(nanoClock, "nanoClock");
        if (loaders <= 0) {
            throw new IllegalArgumentException("loaders must be positive, was " + loaders);
        }
    }
}
