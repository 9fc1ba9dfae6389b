package org.lesionstream.trainer.data;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A few threads that read and prepare values for the one that uses them.
 *
 * <p>They take work in the order in which it was begun. The queue before them has no bound of its own: whoever begins work bounds it.
 */
final class LoadingThreads implements AutoCloseable {

    private static final int SECONDS_TO_END = 10;

    private final ExecutorService threads;

    /**
     * @param count at least 1
     */
    LoadingThreads(int count) {
        if (count <= 0) {
            throw new IllegalArgumentException("threads must be positive, was " + count);
        }
        this.threads = Executors.newFixedThreadPool(count, work -> {
            Thread thread = new Thread(work, "loading");
            thread.setDaemon(true);
            return thread;
        });
    }

    <T> Future<T> begin(Callable<T> work) {
        return threads.submit(work);
    }

    /** Waits for what was begun; what went wrong in its thread is thrown as it is. */
    static <T> T result(Future<T> begun) {
        try {
            return begun.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for pictures", interrupted);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failure.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException("pictures could not be read", failure.getCause());
        }
    }

    /** Forgets what has not begun, interrupts what has, and waits for the threads to end: at most {@value #SECONDS_TO_END} seconds, should a disk hang. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
