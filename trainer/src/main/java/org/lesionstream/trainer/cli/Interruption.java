package org.lesionstream.trainer.cli;

import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * Ctrl-C and SIGTERM as a question that a training run asks between two steps.
 *
 * <p>The JVM ends when its shutdown hooks have; this one waits until {@link #close}, so that the run can be kept first. A second signal changes nothing, SIGKILL does not ask.
 */
final class Interruption implements BooleanSupplier, AutoCloseable {

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "interruption");
    private volatile boolean asked;

    /** Listens from now on. */
    static Interruption listen() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void interrupt() {
        asked = true;
        try {
            done.await();
        } catch (InterruptedException gone) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the process was asked to end. */
    @Override
    public boolean getAsBoolean() {
        return asked;
    }

    /** Lets the process end, if it was asked to. */
    @Override
    public void close() {
        done.countDown();
        if (!asked) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException alreadyEnding) {
                asked = true;
            }
        }
    }
}
