package org.lesionstream.worker.pipeline;

import static java.util.Objects.requireNonNull;

import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.worker.delivery.Delivery;
import org.lesionstream.worker.delivery.Lane;

/**
 * A delivery with its current payload, as it stands between two stages.
 *
 * @param claim the same in all attempts
 * @param attempt 1 for the first
 * @param timings how long each stage took so far
 * @param payload owned by whoever holds this value
 */
record InFlight<T>(Delivery delivery, JobClaim claim, int attempt, StageTimings timings, T payload) {
    InFlight {
        requireNonNull(delivery, "delivery");
        requireNonNull(claim, "claim");
        requireNonNull(timings, "timings");
        requireNonNull(payload, "payload");
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be positive, was " + attempt);
        }
    }

    static InFlight<ImageJob> first(Delivery delivery) {
        return new InFlight<>(delivery, new JobClaim(), 1, StageTimings.NONE, delivery.job());
    }

    /** The same delivery after a stage: with what the stage gave, and the time it took. */
    <R> InFlight<R> after(String stage, long nanos, R result) {
        return new InFlight<>(delivery, claim, attempt, timings.with(stage, nanos), result);
    }

    /** The same with something learnt on the way. */
    <R> InFlight<R> with(R more) {
        return new InFlight<>(delivery, claim, attempt, timings, more);
    }

    /** The job once more, from the beginning. */
    InFlight<ImageJob> nextAttempt() {
        return new InFlight<>(delivery, claim, attempt + 1, timings, delivery.job());
    }

    Lane lane() {
        return delivery.envelope().lane();
    }
}
