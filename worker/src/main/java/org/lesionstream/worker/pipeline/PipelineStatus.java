package org.lesionstream.worker.pipeline;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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
    private final AtomicLong answered = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    /** The stages that miss something, with the code of their last failure; guarded by the lock. */
    private final Map<Dependency, Map<String, FailureCode>> down = new EnumMap<>(Dependency.class);

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

    /** Messages that were answered since the start, here or by the worker that their partition moved to. */
    long answered() {
        return answered.get();
    }

    /** Whether jobs are polled and answered: what the readiness probe says. */
    public boolean ready() {
        return state() == PipelineState.RUNNING && down().isEmpty();
    }

    /** What is unavailable to some stage at the moment, and the code of a last failure. */
    public Map<Dependency, FailureCode> down() {
        lock.lock();
        try {
            Map<Dependency, FailureCode> codes = new EnumMap<>(Dependency.class);
            down.forEach((dependency, stages) -> stages.values().forEach(code -> codes.put(dependency, code)));
            return codes;
        } finally {
            lock.unlock();
        }
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
        answered.incrementAndGet();
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

    /**
     * Notes that something is unavailable to a stage, and says whether that is news. It stays so until the same stage has it again: a
     * database with a full disk takes registrations and refuses outcomes.
     */
    boolean down(Dependency dependency, String stage, FailureCode code) {
        lock.lock();
        try {
            boolean news = !down.containsKey(dependency);
            down.computeIfAbsent(dependency, absent -> new HashMap<>()).put(stage, code);
            return news;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that a stage has something again, and says whether nobody misses it any more, and somebody did. */
    boolean up(Dependency dependency, String stage) {
        lock.lock();
        try {
            Map<String, FailureCode> stages = down.get(dependency);
            if (stages == null) {
                return false;
            }
            stages.remove(stage);
            return stages.isEmpty() && down.remove(dependency) != null;
        } finally {
            lock.unlock();
        }
    }
}
