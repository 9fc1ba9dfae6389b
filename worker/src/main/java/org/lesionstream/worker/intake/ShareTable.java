package org.lesionstream.worker.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.delivery.Position;

/**
 * What the {@link ShareHand}s and the intake thread tell each other.
 *
 * <ul>
 *   <li>A message that is delivered again while the work on its first delivery goes on here is not handed out a second time: the new
 *       lock stands for the same work.
 *   <li>Thread-safe. Bounded by what the hands hold, and by what they lost the lock of while its work goes on.
 * </ul>
 */
final class ShareTable {
    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Position> inWork = new HashSet<>();
    private final List<ConsumerRecord<byte[], byte[]>> laid = new ArrayList<>();
    private final EnumSet<Lane> open = EnumSet.noneOf(Lane.class);
    private Optional<Throwable> failure = Optional.empty();
    private boolean draining;
    private boolean closed;

    /** @param clock monotonic nanoseconds */
    ShareTable(LongSupplier clock) {
        this.clock = clock;
    }

    static Position position(ConsumerRecord<?, ?> message) {
        return new Position(message.topic(), message.partition(), message.offset());
    }

    /** For a hand: waits until its lane is open; false if nothing more is to be taken at all. */
    boolean awaitOpen(Lane lane) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!draining && !open.contains(lane)) {
                changed.await();
            }
            return !draining;
        } finally {
            lock.unlock();
        }
    }

    /** For a hand: these were delivered; whatever is not being worked on already goes to the intake thread. */
    void lay(Collection<ConsumerRecord<byte[], byte[]>> delivered) {
        lock.lock();
        try {
            delivered.stream().filter(message -> inWork.add(position(message))).forEach(laid::add);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** For a hand: waits, at most until then, for answers; gives those of the held messages whose work is over. */
    Set<Position> awaitAnswered(Collection<Position> held, long untilNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = untilNanos - clock.getAsLong();
            while (!closed && left > 0 && inWork.containsAll(held)) {
                left = changed.awaitNanos(left);
            }
            Set<Position> answered = new HashSet<>(held);
            answered.removeAll(inWork);
            return answered;
        } finally {
            lock.unlock();
        }
    }

    /** For a hand: it ended by a fault, so that the lane stands still. */
    void failed(Throwable fault) {
        lock.lock();
        try {
            failure = Optional.of(failure.orElse(fault));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * For the intake thread: what was delivered, after a short wait if there is nothing.
     *
     * @throws IllegalStateException if a hand has failed
     */
    List<ConsumerRecord<byte[], byte[]>> take(Duration most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = most.toNanos();
            while (laid.isEmpty() && failure.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
            failure.ifPresent(fault -> {
                throw new IllegalStateException("a share consumer failed", fault);
            });
            List<ConsumerRecord<byte[], byte[]>> taken = List.copyOf(laid);
            laid.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** The lanes to take from, from now on. */
    void open(Set<Lane> lanes) {
        lock.lock();
        try {
            if (!open.equals(lanes)) {
                open.clear();
                open.addAll(lanes);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The work on these messages is over. */
    void answered(Collection<Position> positions) {
        lock.lock();
        try {
            inWork.removeAll(positions);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is taken; what is held is answered. */
    void drain() {
        lock.lock();
        try {
            draining = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean draining() {
        lock.lock();
        try {
            return draining;
        } finally {
            lock.unlock();
        }
    }

    /** What is held goes back. */
    void close() {
        lock.lock();
        try {
            draining = true;
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
