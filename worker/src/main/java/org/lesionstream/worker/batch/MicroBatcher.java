package org.lesionstream.worker.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.lesionstream.worker.delivery.Lane;

/**
 * Holds items back until a batch of them is full, due or not worth waiting for any more.
 *
 * <ul>
 *   <li>A batch holds items of one key only. Its urgent items come first; backfill takes the places that they leave, as far as
 *       the run does not become noticeably longer by that. Inside a lane the soonest deadline goes first.
 *   <li>Nothing is lost, nothing is released twice, no batch is larger than the largest of the key's {@link BatchSizes}.
 *   <li>The wait for company adapts: none while the device rests for more than half of its time, up to {@link
 *       BatchLimits#maxDelay()} when it never does. No item waits past the moment when its batch must start to meet its deadline.
 *   <li>Of several releasable keys, those with urgent items come first, and among equals the one that has had the device for
 *       the shortest time: no key can shut another one out of its lane, whatever it brings and however slow it is.
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

    private record Releasable<K>(K key, Batch.Reason reason) {}

    private final BatchLimits limits;
    private final Function<K, BatchSizes> sizes;
    private final DeviceLoad load = new DeviceLoad();
    private final Map<K, WaitingItems<T>> waiting = new LinkedHashMap<>(); // none empty
    private final Map<K, Long> servedNanos =
            new HashMap<>(); // device time of every key so far; one number per checkpoint
    private final Map<Lane, Integer> waitingPerLane = new EnumMap<>(Lane.class);
    private long leastServedNanos; // of the keys that waited when the last batch was released
    private boolean draining;

    /** @param sizes the batch sizes of a key that has waiting items; they may change between two calls */
    public MicroBatcher(BatchLimits limits, Function<K, BatchSizes> sizes) {
        this.limits = limits;
        this.sizes = sizes;
    }

    /** Whether another image of this lane may bring its items. */
    public boolean hasRoom(Lane lane) {
        return waitingPerLane.getOrDefault(lane, 0) < limits.maxWaiting();
    }

    /**
     * Adds an item, whose key must have batch sizes by now.
     *
     * @param deadlineNanos when the item's answer is due, if ever
     */
    public void add(Lane lane, K key, T item, OptionalLong deadlineNanos, long nowNanos) {
        waiting.computeIfAbsent(key, this::joining)
                .add(lane, item, deadlineNanos, limits.patience().toNanos(), nowNanos);
        waitingPerLane.merge(lane, 1, Integer::sum);
    }

    /** Takes out what need not run any more. */
    public void discard(Predicate<T> unwanted) {
        waiting.values()
                .forEach(items -> items.discard(unwanted, lane -> waitingPerLane.merge(lane, -1, Integer::sum)));
        waiting.values().removeIf(items -> items.size() == 0);
    }

    /** The next batch that need not wait any longer; empty if all may still grow. */
    public Optional<Batch<K, T>> poll(long nowNanos) {
        return waiting.keySet().stream()
                .flatMap(key -> releaseReason(key, nowNanos).map(reason -> new Releasable<>(key, reason)).stream())
                .min(Comparator.<Releasable<K>, Boolean>comparing(
                                next -> waiting.get(next.key()).size(Lane.URGENT) == 0)
                        .thenComparing(next -> servedNanos.get(next.key())))
                .map(this::release);
    }

    /** How long {@link #poll} will give nothing if nothing is added: 0 if it gives a batch now, the largest long if it is empty. */
    public long nanosUntilDue(long nowNanos) {
        return waiting.keySet().stream()
                .mapToLong(key -> releaseReason(key, nowNanos).isPresent() ? 0 : nanosLeft(key, nowNanos))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The device ran a batch of this key, which is what fairness and the wait for company rest on. */
    public void ran(K key, long fromNanos, long toNanos) {
        load.ran(fromNanos, toNanos);
        servedNanos.merge(key, toNanos - fromNanos, Long::sum);
    }

    /** From now on nothing waits for company; items may still be added. */
    public void drain() {
        draining = true;
    }

    /** Waiting items of all keys and lanes. */
    public int size() {
        return waitingPerLane.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** A key that had nothing to do has no claim to the time that it missed. */
    private WaitingItems<T> joining(K key) {
        servedNanos.merge(key, leastServedNanos, Math::max);
        return new WaitingItems<>();
    }

    private Optional<Batch.Reason> releaseReason(K key, long nowNanos) {
        WaitingItems<T> items = waiting.get(key);
        if (items.size() >= capacity(key)) {
            return Optional.of(Batch.Reason.FULL);
        }
        if (draining) {
            return Optional.of(Batch.Reason.DRAINING);
        }
        if (delayNanos(nowNanos) <= items.longestWait(nowNanos)) {
            return Optional.of(Batch.Reason.DUE);
        }
        return nanosLeft(key, nowNanos) <= 0 ? Optional.of(Batch.Reason.DEADLINE) : Optional.empty();
    }

    /** How long the key's items may still wait for company: negative or 0 if not at all. */
    private long nanosLeft(K key, long nowNanos) {
        WaitingItems<T> items = waiting.get(key);
        long wait = delayNanos(nowNanos) - items.longestWait(nowNanos);
        OptionalLong deadline = items.nextDeadline(nowNanos);
        long run = sizes.apply(key).time(items.size()).toNanos();
        return deadline.isPresent() ? Math.min(wait, deadline.getAsLong() - run) : wait;
    }

    /** How many of the waiting items fit into one batch, or would if there were enough of them. */
    private int capacity(K key) {
        BatchSizes fixed = sizes.apply(key);
        int urgent = waiting.get(key).size(Lane.URGENT);
        return urgent == 0 || urgent >= fixed.largest() ? fixed.largest() : fixed.withBackfill(urgent);
    }

    private long delayNanos(long nowNanos) {
        double busy = Math.max(0, 2 * load.share(nowNanos) - 1);
        return (long) (busy * limits.maxDelay().toNanos());
    }

    private Batch<K, T> release(Releasable<K> next) {
        K key = next.key();
        leastServedNanos =
                waiting.keySet().stream().mapToLong(servedNanos::get).min().orElse(leastServedNanos);
        int capacity = capacity(key);
        WaitingItems<T> items = waiting.get(key);
        List<T> taken = new ArrayList<>(capacity);
        for (Lane lane : Lane.values()) { // in their order of service
            int before = taken.size();
            items.take(lane, capacity - before, taken);
            waitingPerLane.merge(lane, before - taken.size(), Integer::sum);
        }
        if (items.size() == 0) {
            waiting.remove(key);
        }
        return new Batch<>(key, taken, next.reason());
    }
}
