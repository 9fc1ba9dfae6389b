package org.lesionstream.worker.pipeline;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Runs one stage on one thread until it is stopped.
 *
 * <ul>
 *   <li>Every return of {@link Stage#work} is a beat; {@link #silence} says how long ago the last one was.
 *   <li>An exception that leaves the stage ends the loop and is reported: a worker that lost a stage must not pretend.
 * </ul>
 */
final class StageLoop implements Runnable {
    private static final Logger LOG = Logger.getLogger(StageLoop.class);

    private final Stage stage;
    private final LongSupplier clock;
    private final Runnable onFailure;
    private final Thread thread;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private volatile long lastBeatNanos;

    /**
     * @param number tells the loops of one role apart
     * @param clock monotonic nanoseconds
     * @param onFailure told once, on the loop's thread, when the stage failed
     */
    StageLoop(Stage stage, int number, LongSupplier clock, Runnable onFailure) {
        this.stage = stage;
        this.clock = clock;
        this.onFailure = onFailure;
        this.lastBeatNanos = clock.getAsLong();
        this.thread = new Thread(this, stage.role() + "-" + number);
    }

    void start() {
        lastBeatNanos = clock.getAsLong();
        thread.start();
    }

    @Override
    public void run() {
        try (stage) {
            while (!stopping.get()) {
                stage.work(clock.getAsLong());
                lastBeatNanos = clock.getAsLong();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warnf("%s was interrupted", thread.getName());
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "%s failed; the worker must be restarted", thread.getName());
            onFailure.run();
        }
    }

    String name() {
        return thread.getName();
    }

    boolean alive() {
        return thread.isAlive();
    }

    /** Time since the stage last came back from its work. */
    Duration silence(long nowNanos) {
        return Duration.ofNanos(Math.max(0, nowNanos - lastBeatNanos));
    }

    /** Whether the loop has ended, or its stage has not come back for longer than the limit and than it may take itself. */
    boolean stuck(Duration limit, long nowNanos) {
        Duration silence = silence(nowNanos);
        return !alive() || (silence.compareTo(limit) > 0 && silence.compareTo(stage.longestTurn()) > 0);
    }

    /** Asks the loop to end after the work in hand; {@link #join} waits for it. */
    void stop() {
        stopping.set(true);
    }

    /** Waits for the end of the loop, and interrupts what has not ended by then. */
    void join(Duration limit) throws InterruptedException {
        thread.join(Math.max(1, limit.toMillis()));
        if (thread.isAlive()) {
            LOG.warnf("%s did not end within %s and is interrupted", thread.getName(), limit);
            thread.interrupt();
        }
    }
}
