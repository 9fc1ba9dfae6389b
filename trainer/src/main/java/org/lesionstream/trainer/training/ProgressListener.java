package org.lesionstream.trainer.training;

import java.time.Duration;

/** Told how a run gets on, on the run's thread; it should return at once. */
public interface ProgressListener {

    /** Says nothing. */
    ProgressListener SILENT = new ProgressListener() {};

    /**
     * A step is done.
     *
     * @param epoch counted from 1
     * @param loss of this batch
     * @param progress share of the run that is done, 0 to 1
     * @param left estimate of the time to the end, from the progress so far
     */
    default void stepDone(int epoch, double loss, double progress, Duration left) {}

    /**
     * An epoch is done and judged.
     *
     * @param best whether no epoch before reached this validation Dice
     */
    default void epochDone(EpochReport report, boolean best) {}
}
