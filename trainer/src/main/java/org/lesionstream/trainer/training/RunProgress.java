package org.lesionstream.trainer.training;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How far a run is, between two steps: with the arrays of its {@link RunSnapshot} everything that it needs to go on as if it had never been stopped.
 *
 * @param epoch that is being trained, counted from 1
 * @param batches of that epoch that are done
 * @param samples of that epoch that are done
 * @param lossSum sum of the losses of those samples
 * @param rate learning rate of the last step
 * @param elapsed time of training so far, over all processes that took part
 * @param curve the epochs that are done
 * @param finished whether the run came to its end
 */
public record RunProgress(
        int epoch,
        int batches,
        int samples,
        double lossSum,
        double rate,
        Duration elapsed,
        List<EpochReport> curve,
        boolean finished) {

    /** A run that has not begun. */
    public static final RunProgress START = afterEpoch(List.of(), Duration.ZERO, false);

    public RunProgress {
        curve = List.copyOf(curve);
        if (epoch != curve.size() + (finished ? 0 : 1)) {
            throw new IllegalArgumentException(
                    "epoch must follow the curve of %d epochs, was %d".formatted(curve.size(), epoch));
        }
        if (batches < 0 || samples < 0 || batches > samples) {
            throw new IllegalArgumentException(
                    "batches and samples must fit each other, were %d and %d".formatted(batches, samples));
        }
    }

    /**
     * A run between two epochs, or after the last.
     *
     * @param curve the epochs that are done
     * @param finished whether that was the last
     */
    static RunProgress afterEpoch(List<EpochReport> curve, Duration elapsed, boolean finished) {
        return new RunProgress(curve.size() + (finished ? 0 : 1), 0, 0, 0, 0, elapsed, curve, finished);
    }

    /**
     * Passes over the samples that are done, in parts of one.
     *
     * @param perEpoch samples of an epoch
     */
    double epochs(int perEpoch) {
        return epoch - 1 + (double) samples / perEpoch;
    }

    /** The epoch with the best validation Dice of those that may be kept, the first of equals. */
    public Optional<EpochReport> best(int bestFrom) {
        EpochReport best = null;
        for (EpochReport report : curve) {
            if (report.epoch() >= bestFrom && (best == null || report.validationDice() > best.validationDice())) {
                best = report;
            }
        }
        return Optional.ofNullable(best);
    }
}
