package org.lesionstream.worker.intake;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Interrupts a poll, and nothing else that the consumer does.
 *
 * <p>A wake-up that comes when no poll waits stays with the consumer and interrupts its next call, whatever that is. So it is
 * only given while a poll is under way, and the poller asks afterwards whether one came too late for it.
 *
 * <p>Thread-safe: any thread rings, the intake thread does the rest.
 */
final class PollAlarm {
    private final Runnable wakeUp;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ringing = lock.newCondition();
    private boolean set;
    private boolean rung;

    PollAlarm(Runnable wakeUp) {
        this.wakeUp = wakeUp;
    }

    /** A poll begins. */
    void set() {
        lock.lock();
        try {
            set = true;
            rung = false;
        } finally {
            lock.unlock();
        }
    }

    /** The poll has ended. */
    void unset() {
        lock.lock();
        try {
            set = false;
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts the poll that is under way, if there is one, and whoever waits beside the consumer. */
    void ring() {
        lock.lock();
        try {
            if (set && !rung) {
                rung = true;
                wakeUp.run();
            }
            ringing.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the last poll was told to end. */
    boolean rings() {
        lock.lock();
        try {
            return rung;
        } finally {
            lock.unlock();
        }
    }

    /** Waits beside the consumer, at most so long, until somebody rings for the given reason. */
    void await(Duration most, BooleanSupplier reason) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = most.toNanos();
            while (!reason.getAsBoolean() && left > 0) {
                left = ringing.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
