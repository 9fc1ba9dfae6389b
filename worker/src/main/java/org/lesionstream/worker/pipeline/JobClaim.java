package org.lesionstream.worker.pipeline;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Decides who ends a job, where several threads might: the stage that has it in hand, and the clock that runs out meanwhile.
 *
 * <ul>
 *   <li>A job is ended once. Whoever comes later drops what he has of it.
 *   <li>A job that has begun on the device does not expire any more: its answer is nearly there, and the device time is spent.
 *   <li>Thread-safe.
 * </ul>
 */
final class JobClaim {

    private enum State {
        WAITING,
        ON_DEVICE,
        ENDED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    /** The device takes the job; false if it has ended. */
    boolean begin() {
        return state.updateAndGet(now -> now == State.ENDED ? now : State.ON_DEVICE) == State.ON_DEVICE;
    }

    /** The job waits for another attempt; false if it has ended. */
    boolean waitAgain() {
        return state.updateAndGet(now -> now == State.ENDED ? now : State.WAITING) == State.WAITING;
    }

    /** Its time is up; false if it has begun on the device or has ended. */
    boolean expire() {
        return state.compareAndSet(State.WAITING, State.ENDED);
    }

    /** The job has its answer; false if it had one before. */
    boolean end() {
        return state.getAndSet(State.ENDED) != State.ENDED;
    }

    boolean ended() {
        return state.get() == State.ENDED;
    }
}
