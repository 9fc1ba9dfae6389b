package org.lesionstream.worker.pipeline;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.delivery.Lane;

/**
 * What the probes may know of the pipeline: its state, what is in flight, and what it is waiting for.
 *
 * <p>Written by the loops and the lifecycle, read by anyone; each fact is atomic by itself.
 */
public final class PipelineStatus {
    private final AtomicReference<PipelineState> state = new AtomicReference<>(PipelineState.CREATED);
    private final Map<Lane, AtomicInteger> inFlight =
            Map.of(Lane.URGENT, new AtomicInteger(), Lane.BACKFILL, new AtomicInteger());
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Map<Dependency, FailureCode> down = new ConcurrentHashMap<>();

    public PipelineState state() {
        return state.get();
    }

    /** Messages that were let in and are not yet answered. */
    public int inFlight() {
        return inFlight.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    public int inFlight(Lane lane) {
        return inFlight.get(lane).get();
    }

    /** What is unavailable at the moment, and the code of its last failure. */
    public Map<Dependency, FailureCode> down() {
        return Map.copyOf(down);
    }

    /**
     * Moves on to the next state.
     *
     * @return whether that is a move that {@link PipelineState} allows from the present state; if not, nothing changes
     */
    boolean become(PipelineState next) {
        PipelineState before = state.getAndUpdate(now -> now.mayBecome(next) ? next : now);
        return before.mayBecome(next);
    }

    void admitted(Lane lane) {
        inFlight.get(lane).incrementAndGet();
    }

    void finished(Lane lane) {
        inFlight.get(lane).decrementAndGet();
        lock.lock();
        try {
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until nothing is in flight.
     *
     * @return false if that took longer than the limit
     */
    boolean awaitIdle(Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = limit.toNanos();
            while (inFlight() > 0 && left > 0) {
                left = idle.awaitNanos(left);
            }
            return inFlight() == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that something is unavailable, and says whether that is news. */
    boolean down(Dependency dependency, FailureCode code) {
        return down.put(dependency, code) == null;
    }

    /** Notes that something is available again, and says whether that is news. */
    boolean up(Dependency dependency) {
        return down.remove(dependency) != null;
    }
}
