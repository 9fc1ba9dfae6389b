package org.lesionstream.worker.pipeline;

import static java.util.Objects.requireNonNull;

import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.worker.delivery.Delivery;
import org.lesionstream.worker.delivery.Lane;

/**
 * A delivery with its current payload, as it stands between two stages.
 *
 * @param attempt 1 for the first
 * @param timings how long each stage took so far
 * @param payload owned by whoever holds this value
 */
record InFlight<T>(Delivery delivery, int attempt, StageTimings timings, T payload) {
    InFlight {
        requireNonNull(delivery, "delivery");
        requireNonNull(timings, "timings");
        requireNonNull(payload, "payload");
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be positive, was " + attempt);
        }
    }

    static InFlight<ImageJob> first(Delivery delivery) {
        return new InFlight<>(delivery, 1, StageTimings.NONE, delivery.job());
    }

    /** The same delivery after a stage: with what the stage gave, and the time it took. */
    <R> InFlight<R> after(String stage, long nanos, R result) {
        return new InFlight<>(delivery, attempt, timings.with(stage, nanos), result);
    }

    /** The job once more, from the beginning. */
    InFlight<ImageJob> nextAttempt() {
        return new InFlight<>(delivery, attempt + 1, timings, delivery.job());
    }

    Lane lane() {
        return delivery.envelope().lane();
    }
}
