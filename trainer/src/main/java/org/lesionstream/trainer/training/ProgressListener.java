package org.lesionstream.trainer.training;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Told how a run gets on, on the run's thread; it should return at once. */
public interface ProgressListener {

    /** Says nothing. */
    ProgressListener SILENT = new ProgressListener() {};

    /**
     * The run begins, or goes on from where it was kept.
     *
     * @param curve the epochs that are done already
     * @param best the best of them that may be kept
     */
    default void begins(List<EpochReport> curve, Optional<EpochReport> best) {}

    /** A step of the optimizer is done. */
    default void stepDone(StepReport step) {}

    /**
     * An epoch is done and judged.
     *
     * @param curve every epoch so far, the one that is done last
     * @param best the best of them that may be kept, the first of equals
     * @throws IOException when what it writes cannot be written, which ends the run; it has been kept
     */
    default void epochDone(List<EpochReport> curve, Optional<EpochReport> best) throws IOException {}
}
