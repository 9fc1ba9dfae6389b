package org.lesionstream.trainer.training;

import java.io.IOException;
import java.util.List;

/** Told how a run gets on, on the run's thread; it should return at once. */
public interface ProgressListener {

    /** Says nothing. */
    ProgressListener SILENT = new ProgressListener() {};

    /** A step of the optimizer is done. */
    default void stepDone(StepReport step) {}

    /**
     * An epoch is done and judged.
     *
     * @param curve every epoch so far, the one that is done last
     * @param best whether no epoch before reached this validation Dice
     * @throws IOException when what it writes cannot be written, which ends the run; it has been kept
     */
    default void epochDone(List<EpochReport> curve, boolean best) throws IOException {}
}
