package org.lesionstream.worker.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.lesionstream.worker.backfill.Timekeeper;

/**
 * The clock of a command that runs long, and its end: Ctrl-C and SIGTERM wish the end, and the program stays until the command has
 * ended cleanly, or for {@link #PATIENCE}.
 *
 * <p>Thread-safe.
 */
final class StopSignal implements Timekeeper, AutoCloseable {
    /** Longer than a broker or a database that does not answer is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final LongSupplier clock;
    private final long start;
    private final CountDownLatch wished = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "stop");

    StopSignal(LongSupplier clock) {
        this.clock = clock;
        this.start = clock.getAsLong();
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public long nanos() {
        return clock.getAsLong() - start;
    }

    @Override
    public void pause(Duration time) {
        if (time.isZero()) {
            return;
        }
        await(wished, time);
        if (Thread.currentThread().isInterrupted()) {
            wished.countDown();
        }
    }

    @Override
    public boolean stopped() {
        return wished.getCount() == 0;
    }

    /** Says that the command has ended. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) { // the program is ending already, and the hook with it
            wished.countDown();
        }
    }

    private void stopAndWait() {
        wished.countDown();
        await(ended, PATIENCE);
    }

    /** Whether it came or the time is up is seen at the latch; an interrupt is kept for the caller. */
    private static void await(CountDownLatch latch, Duration time) {
        try {
            boolean unused = latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
