package org.lesionstream.worker.pipeline;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends jobs when their deadline passes, wherever they wait: the answer does not have to wait for the device as well.
 *
 * <p>Looks as often as the next deadline asks for, at least every 20 ms, for deadlines that came in meanwhile.
 */
final class ExpiryStage implements Stage {
    private static final long STEP_NANOS = Duration.ofMillis(20).toNanos();

    private final Deadlines deadlines;
    private final FailureDesk failures;

    ExpiryStage(PipelineParts parts, FailureDesk failures) {
        this.deadlines = parts.deadlines();
        this.failures = failures;
    }

    @Override
    public String role() {
        return "expiry";
    }

    @Override
    public int work(long nowNanos) {
        int expired = 0;
        for (InFlight<?> job : deadlines.passed()) {
            if (job.claim().expire()) {
                failures.expired(job);
                expired++;
            }
        }
        long next = Math.min(STEP_NANOS, deadlines.nanosToNext());
        if (next > 0) {
            LockSupport.parkNanos(this, next);
        }
        return expired;
    }
}
