package org.lesionstream.worker.pipeline;

import java.time.Duration;

/**
 * One duty of the pipeline, done by one thread at a time.
 *
 * <ul>
 *   <li>{@link #work} does what there is to do, or waits a moment for something to do, and always comes back soon: a
 *       stage that does not come back is stuck, and the liveness probe says so.
 *   <li>What concerns one job never leaves {@link #work} as an exception; it becomes that job's outcome.
 *   <li>{@link #close} runs on the stage's own thread, after the last {@link #work}.
 * </ul>
 */
interface Stage extends AutoCloseable {
    /** The word for this stage in thread names, logs and probes. */
    String role();

    /**
     * Does what there is to do now.
     *
     * @param nowNanos monotonic time
     * @return how many things were done; zero when idle
     */
    int work(long nowNanos) throws InterruptedException;

    /**
     * How long the turn under way may take although it is longer than what is usual, as far as the stage knows. Asked from other
     * threads.
     */
    default Duration longestTurn() {
        return Duration.ZERO;
    }

    @Override
    default void close() {}
}
