package org.lesionstream.worker.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.lesionstream.worker.delivery.Lane;

/**
 * Bounded queue between two stages that keeps the lanes apart.
 *
 * <ul>
 *   <li>Urgent items are taken before backfill items; within a lane the order is first in, first out.
 *   <li>Each lane holds at most {@code capacity} items. The intake lets no more than that into the whole pipeline, so
 *       {@link #put} never waits, a stage never hangs on the stage behind it, and a full hand-off is a fault of ours.
 *   <li>A stage that must not run ahead asks {@link #awaitRoom} before it takes work.
 *   <li>Any number of threads on both sides. An item belongs to the taker from the moment it is taken.
 * </ul>
 */
final class Handoff<T> {
    private static final Set<Lane> ALL_LANES = EnumSet.allOf(Lane.class);

    private final int capacity;
    private final Map<Lane, ArrayDeque<T>> lanes = new EnumMap<>(Lane.class);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Condition taken = lock.newCondition();

    /** @param capacity items per lane */
    Handoff(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be positive, was " + capacity);
        }
        this.capacity = capacity;
        for (Lane lane : ALL_LANES) {
            lanes.put(lane, new ArrayDeque<>());
        }
    }

    /** Adds the item; never waits. */
    void put(Lane lane, T item) {
        lock.lock();
        try {
            ArrayDeque<T> queue = lanes.get(lane);
            if (queue.size() >= capacity) {
                throw new IllegalStateException(lane + " lane holds more than the admitted " + capacity + " items");
            }
            queue.add(item);
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the next item of any lane, waiting at most so long for one. */
    Optional<T> take(long waitNanos) throws InterruptedException {
        return take(ALL_LANES, waitNanos);
    }

    /** Takes the next item of these lanes, waiting at most so long for one. */
    Optional<T> take(Set<Lane> from, long waitNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = waitNanos;
            Optional<T> next = next(from);
            while (next.isEmpty() && left > 0) {
                left = added.awaitNanos(left);
                next = next(from);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Waits at most so long for a first item, then takes what is there, at most {@code most} items. */
    List<T> takeUpTo(int most, long waitNanos) throws InterruptedException {
        List<T> items = new ArrayList<>();
        Optional<T> next = take(waitNanos);
        while (next.isPresent()) {
            items.add(next.get());
            next = items.size() < most ? take(0) : Optional.empty();
        }
        return items;
    }

    /** The lanes that hold fewer than {@code below} items; waits at most so long for one. */
    Set<Lane> awaitRoom(int below, long waitNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = waitNanos;
            Set<Lane> room = lanesBelow(below);
            while (room.isEmpty() && left > 0) {
                left = taken.awaitNanos(left);
                room = lanesBelow(below);
            }
            return room;
        } finally {
            lock.unlock();
        }
    }

    /** Items of all lanes. */
    int size() {
        lock.lock();
        try {
            return lanes.values().stream().mapToInt(ArrayDeque::size).sum();
        } finally {
            lock.unlock();
        }
    }

    private Set<Lane> lanesBelow(int below) {
        Set<Lane> room = EnumSet.noneOf(Lane.class);
        lanes.forEach((lane, queue) -> {
            if (queue.size() < below) {
                room.add(lane);
            }
        });
        return room;
    }

    private Optional<T> next(Set<Lane> from) {
        for (Map.Entry<Lane, ArrayDeque<T>> lane : lanes.entrySet()) { // in the order of the lanes
            if (from.contains(lane.getKey()) && !lane.getValue().isEmpty()) {
                taken.signalAll();
                return Optional.of(lane.getValue().remove());
            }
        }
        return Optional.empty();
    }
}
