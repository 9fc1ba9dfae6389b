package org.lesionstream.worker.failure;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.lesionstream.schemas.message.FailureCode;

/**
 * What a failure means for its job, decided in one place.
 *
 * <ul>
 *   <li>Input: no attempt can help. Dead letter.
 *   <li>Expired: nobody waits for the answer any more. Dead letter.
 *   <li>Transient: again, a little later each time, up to {@code maxAttempts}. A database or a broker that is away is no
 *       fault of the job's, so it waits for them without end.
 *   <li>Internal: once more, since a fault of the engine often passes with other batch mates; then a dead letter, so that
 *       one job never holds up the others.
 *   <li>Pure: the answer depends on code, attempt and the random part of the wait only.
 * </ul>
 */
public final class FailurePolicy {
    private static final int INTERNAL_ATTEMPTS = 2;

    /** What to do with the job. */
    public sealed interface Decision permits Retry, GiveUp {}

    /** Try again after a while. */
    public record Retry(Duration after) implements Decision {
        public Retry {
            requireNonNull(after, "after");
        }
    }

    /** End the job with a dead letter. */
    public record GiveUp() implements Decision {}

    private final RetryBackoff backoff;
    private final int maxAttempts;

    /** @param maxAttempts attempts in all, the first included, at a transient failure */
    public FailurePolicy(RetryBackoff backoff, int maxAttempts) {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts must be positive, was " + maxAttempts);
        }
        this.backoff = requireNonNull(backoff, "backoff");
        this.maxAttempts = maxAttempts;
    }

    /**
     * Says what is to be done with a job after a failure.
     *
     * @param attempt the attempt that failed, 1 for the first
     */
    public Decision decide(FailureCode code, int attempt) {
        int attempts = mostAttempts(code);
        return attempt < attempts ? new Retry(backoff.delay(attempt)) : new GiveUp();
    }

    private int mostAttempts(FailureCode code) {
        return switch (code.type()) {
            case INPUT, EXPIRED -> 1;
            case INTERNAL -> INTERNAL_ATTEMPTS;
            case TRANSIENT -> endless(code) ? Integer.MAX_VALUE : maxAttempts;
        };
    }

    private static boolean endless(FailureCode code) {
        return code == FailureCode.DATABASE_UNAVAILABLE
                || code == FailureCode.BROKER_UNAVAILABLE
                || code == FailureCode.CHECKPOINT_STORE_UNAVAILABLE;
    }
}
