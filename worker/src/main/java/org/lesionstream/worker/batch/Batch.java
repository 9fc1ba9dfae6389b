package org.lesionstream.worker.batch;

import java.util.List;

/**
 * Items released together, in the order in which they are to run, and why they were released just then.
 *
 * @param key what all items have in common
 * @param items at least one, urgent ones first; the batch owns them from here on
 * @param reason the figure to look at when sizes and delays are tuned
 */
public record Batch<K, T>(K key, List<T> items, Reason reason) {

    /** Why a batch did not wait any longer. */
    public enum Reason {
        /** It could not grow any more. */
        FULL,
        /** Its oldest item had waited for the whole delay, which is none on a device that mostly rests. */
        DUE,
        /** It had to start to meet the deadline of an item. */
        DEADLINE,
        /** No more work is expected, so waiting would gain nothing. */
        DRAINING
    }

    public Batch {
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("items must not be empty");
        }
    }

    public int size() {
        return items.size();
    }
}
