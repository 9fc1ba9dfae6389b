package org.lesionstream.worker.pipeline;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.worker.failure.SegmentationException;

/** Spares the device work whose answer comes too late: a job past its deadline ends as a dead letter of type expired. */
final class Deadlines {
    private final InstantSource wallClock;

    Deadlines(InstantSource wallClock) {
        this.wallClock = requireNonNull(wallClock, "wallClock");
    }

    /** @throws SegmentationException with {@link FailureCode#DEADLINE_EXPIRED} if the job's deadline has passed */
    void check(ImageJob job) {
        boolean passed = job.deadline()
                .filter(deadline -> !wallClock.instant().isBefore(deadline))
                .isPresent();
        if (passed) {
            throw new SegmentationException(FailureCode.DEADLINE_EXPIRED, "/deadline");
        }
    }
}
