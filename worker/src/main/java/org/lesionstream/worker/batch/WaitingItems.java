package org.lesionstream.worker.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.lesionstream.worker.delivery.Lane;

/** The waiting items of one key: a first-in-first-out line per lane. Confined to the thread of its {@link MicroBatcher}. */
final class WaitingItems<T> {

    private record Waiting<T>(T item, long sinceNanos) {}

    private final Map<Lane, Deque<Waiting<T>>> lines = new EnumMap<>(Lane.class);

    WaitingItems() {
        for (Lane lane : Lane.values()) {
            lines.put(lane, new ArrayDeque<>());
        }
    }

    void add(Lane lane, T item, long nowNanos) {
        lines.get(lane).addLast(new Waiting<>(item, nowNanos));
    }

    int size() {
        return lines.values().stream().mapToInt(Deque::size).sum();
    }

    boolean holds(Lane lane) {
        return !lines.get(lane).isEmpty();
    }

    /** Nanoseconds since the oldest item came; there must be one. */
    long longestWait(long nowNanos) {
        return lines.values().stream()
                .filter(line -> !line.isEmpty())
                .map(line -> nowNanos - line.getFirst().sinceNanos()) // a difference: such clocks may overflow
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Removes up to {@code most} items, urgent ones first, and tells the lane of each. */
    List<T> take(int most, Consumer<Lane> taken) {
        List<T> items = new ArrayList<>(Math.min(most, size()));
        for (Lane lane : Lane.values()) { // in their order of service
            Deque<Waiting<T>> line = lines.get(lane);
            while (items.size() < most && !line.isEmpty()) {
                items.add(line.removeFirst().item());
                taken.accept(lane);
            }
        }
        return items;
    }
}
