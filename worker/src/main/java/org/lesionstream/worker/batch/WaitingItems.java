package org.lesionstream.worker.batch;

import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.lesionstream.worker.delivery.Lane;

/** The waiting items of one key: a line per lane, by deadline. Confined to the thread of its {@link MicroBatcher}. */
final class WaitingItems<T> {

    /**
     * An item in its line.
     *
     * @param dueNanos its deadline, or the moment that stands for one
     * @param promised whether it really has a deadline
     * @param number tells items apart that are due at once; they stay in the order of their arrival
     */
    private record Waiting<T>(T item, long sinceNanos, long dueNanos, boolean promised, long number)
            implements Comparable<Waiting<T>> {
        @Override
        public int compareTo(Waiting<T> other) {
            long sooner = dueNanos - other.dueNanos; // a difference: such clocks may overflow
            return sooner != 0 ? Long.signum(sooner) : Long.compare(number, other.number);
        }
    }

    private final Map<Lane, TreeSet<Waiting<T>>> lines = new EnumMap<>(Lane.class);
    private long added;

    WaitingItems() {
        for (Lane lane : Lane.values()) {
            lines.put(lane, new TreeSet<>());
        }
    }

    void add(Lane lane, T item, OptionalLong deadlineNanos, long patienceNanos, long nowNanos) {
        lines.get(lane)
                .add(new Waiting<>(
                        item,
                        nowNanos,
                        deadlineNanos.orElse(nowNanos + patienceNanos),
                        deadlineNanos.isPresent(),
                        added++));
    }

    int size() {
        return lines.values().stream().mapToInt(TreeSet::size).sum();
    }

    int size(Lane lane) {
        return lines.get(lane).size();
    }

    /** Nanoseconds since the oldest item came; 0 if there is none. */
    long longestWait(long nowNanos) {
        return lines.values().stream()
                .flatMap(TreeSet::stream)
                .mapToLong(waiting -> nowNanos - waiting.sinceNanos())
                .max()
                .orElse(0);
    }

    /** Nanoseconds until the first real deadline of an item. */
    OptionalLong nextDeadline(long nowNanos) {
        return lines.values().stream()
                .flatMap(TreeSet::stream)
                .filter(Waiting::promised)
                .mapToLong(waiting -> waiting.dueNanos() - nowNanos)
                .min();
    }

    /** Removes up to {@code most} items of a lane, the soonest due first, and adds them to a list. */
    void take(Lane lane, int most, List<T> to) {
        TreeSet<Waiting<T>> line = lines.get(lane);
        for (int taken = 0; taken < most && !line.isEmpty(); taken++) {
            to.add(line.pollFirst().item());
        }
    }

    /** Removes the items that are no longer wanted, and tells the lane of each. */
    void discard(Predicate<T> unwanted, Consumer<Lane> discarded) {
        lines.forEach((lane, line) -> {
            for (Iterator<Waiting<T>> items = line.iterator(); items.hasNext(); ) {
                if (unwanted.test(items.next().item())) {
                    items.remove();
                    discarded.accept(lane);
                }
            }
        });
    }
}
