package org.lesionstream.worker.batch;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.worker.delivery.Lane;

/**
 * Holds items back until a batch of them is full, due or not worth waiting for any more.
 *
 * <ul>
 *   <li>A batch holds items of one key only. Its urgent items come first; backfill items fill the gaps. Inside a lane items
 *       leave in the order in which they came.
 *   <li>Nothing is lost, nothing is released twice, no batch is larger than {@link BatchLimits#maxSize()}.
 *   <li>Of several releasable keys, those with urgent items come first, and among equals the one that was served longest
 *       ago: no key can shut another one out of its lane.
 *   <li>A caller that polls whenever {@link #nanosUntilDue} has passed, and until nothing comes, lets no item wait longer than
 *       {@link BatchLimits#maxDelay()}.
 *   <li>Bounded by its caller: who brings items only while {@link #hasRoom} keeps at most {@code maxWaiting} items of a lane
 *       waiting, plus those of the one image that he was just adding. Lanes count apart, so a waiting backfill never closes
 *       the door to urgent work.
 *   <li>Confined to one thread. Time is passed in, in the nanoseconds of any monotonic clock.
 * </ul>
 *
 * @param <K> what makes items equal-shaped; needs {@code equals} and {@code hashCode}
 * @param <T> one item
 */
public final class MicroBatcher<K, T> {

    private final BatchLimits limits;
    private final Map<K, WaitingItems<T>> waiting = new LinkedHashMap<>(); // served longest ago first, none empty
    private final Map<Lane, Integer> waitingPerLane = new EnumMap<>(Lane.class);
    private boolean draining;

    public MicroBatcher(BatchLimits limits) {
        this.limits = limits;
    }

    /** Whether another image of this lane may bring its items. */
    public boolean hasRoom(Lane lane) {
        return waitingPerLane.getOrDefault(lane, 0) < limits.maxWaiting();
    }

    public void add(Lane lane, K key, T item, long nowNanos) {
        waiting.computeIfAbsent(key, unused -> new WaitingItems<>()).add(lane, item, nowNanos);
        waitingPerLane.merge(lane, 1, Integer::sum);
    }

    /** The next batch that need not wait any longer; empty if all may still grow. */
    public Optional<Batch<K, T>> poll(long nowNanos) {
        K next = null;
        for (Map.Entry<K, WaitingItems<T>> candidate : waiting.entrySet()) {
            if (releaseReason(candidate.getValue(), nowNanos).isPresent()) {
                if (candidate.getValue().holds(Lane.URGENT)) {
                    return Optional.of(release(candidate.getKey(), nowNanos));
                }
                next = next == null ? candidate.getKey() : next;
            }
        }
        return next == null ? Optional.empty() : Optional.of(release(next, nowNanos));
    }

    /** How long {@link #poll} will give nothing if nothing is added: 0 if it gives a batch now, the largest long if it is empty. */
    public long nanosUntilDue(long nowNanos) {
        long soonest = Long.MAX_VALUE;
        for (WaitingItems<T> items : waiting.values()) {
            long left = releaseReason(items, nowNanos).isPresent()
                    ? 0
                    : limits.maxDelay().toNanos() - items.longestWait(nowNanos);
            soonest = Math.min(soonest, left);
        }
        return soonest;
    }

    /** From now on nothing waits for company; items may still be added. */
    public void drain() {
        draining = true;
    }

    /** Waiting items of all keys and lanes. */
    public int size() {
        return waitingPerLane.values().stream().mapToInt(Integer::intValue).sum();
    }

    private Optional<Batch.Reason> releaseReason(WaitingItems<T> items, long nowNanos) {
        if (items.size() >= limits.maxSize()) {
            return Optional.of(Batch.Reason.FULL);
        }
        if (items.longestWait(nowNanos) >= limits.maxDelay().toNanos()) {
            return Optional.of(Batch.Reason.DUE);
        }
        return draining ? Optional.of(Batch.Reason.DRAINING) : Optional.empty();
    }

    private Batch<K, T> release(K key, long nowNanos) {
        WaitingItems<T> items = waiting.remove(key);
        Batch.Reason reason = releaseReason(items, nowNanos).orElseThrow();
        var taken = items.take(limits.maxSize(), lane -> waitingPerLane.merge(lane, -1, Integer::sum));
        if (items.size() > 0) {
            waiting.put(key, items); // behind all others now
        }
        return new Batch<>(key, taken, reason);
    }
}
