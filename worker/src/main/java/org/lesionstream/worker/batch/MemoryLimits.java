package org.lesionstream.worker.batch;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers which batch sizes the device had no memory for, and tries them again later.
 *
 * <ul>
 *   <li>After a lack of memory only smaller sizes are used. After fifty runs at the new limit the next size gets its chance,
 *       since what else filled the memory may be gone; if it fails again, fifty more runs pass.
 *   <li>The smallest size always stays.
 *   <li>Confined to one thread.
 * </ul>
 */
public final class MemoryLimits<K> {

    private static final int RUNS_BEFORE_GROWTH = 50;

    private record Limit(int size, int runs) {}

    private final Map<K, Limit> limits = new HashMap<>();

    /** Those of a key's sizes that may be used now. */
    public BatchSizes usable(K key, BatchSizes all) {
        return Optional.ofNullable(limits.get(key))
                .map(limit -> all.upTo(limit.size()))
                .orElse(all);
    }

    /** The device had no memory for this size. */
    public void tooLarge(K key, int size) {
        limits.put(key, new Limit(Math.max(1, size - 1), 0));
    }

    /** A batch of so many items ran; counts if it was as large as the limit allows. */
    public void fitted(K key, int items, BatchSizes all) {
        Limit limit = limits.get(key);
        if (limit == null) {
            return;
        }
        BatchSizes usable = all.upTo(limit.size());
        if (usable.padded(items) < usable.largest()) {
            return;
        }
        if (limit.runs() + 1 < RUNS_BEFORE_GROWTH) {
            limits.put(key, new Limit(limit.size(), limit.runs() + 1));
        } else if (all.times().tailMap(usable.largest() + 1).size() <= 1) {
            limits.remove(key);
        } else {
            limits.put(key, new Limit(all.padded(usable.largest() + 1), 0));
        }
    }
}
