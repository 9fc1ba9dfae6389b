package org.lesionstream.worker.intake;

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
    private boolean set;
    private boolean rung;

    PollAlarm(Runnable wakeUp) {
        this.wakeUp = wakeUp;
    }

    /** A poll begins. */
    synchronized void set() {
        set = true;
        rung = false;
    }

    /** The poll has ended. */
    synchronized void unset() {
        set = false;
    }

    /** Interrupts the poll that is under way, if there is one. */
    synchronized void ring() {
        if (set && !rung) {
            rung = true;
            wakeUp.run();
        }
    }

    /** Whether the last poll was told to end. */
    synchronized boolean rings() {
        return rung;
    }
}
