package org.lesionstream.worker.persist;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a backfill is, in entries of its source.
 *
 * <p>{@code seen} = refused + segmented + expanded + dead letters + those without an outcome yet.
 *
 * @param seen entries read so far
 * @param submitted jobs that this run put on the topic
 * @param alreadyDone entries that had an outcome when they were read; they also count by that outcome
 * @param refused entries from which no job could be made
 * @param segmented entries that have a mask, whenever it was made
 * @param expanded entries whose source holds many images, each of which became a job of its own
 * @param deadLetters entries that ended as dead letters, whenever that was, by failure code
 */
public record BackfillCounts(
        long seen,
        long submitted,
        long alreadyDone,
        long refused,
        long segmented,
        long expanded,
        SortedMap<String, Long> deadLetters) {

    /** Nothing was done yet. */
    public static final BackfillCounts NONE = new BackfillCounts(0, 0, 0, 0, 0, 0, Collections.emptySortedMap());

    public BackfillCounts {
        for (Map.Entry<String, Long> count : Map.of(
                        "seen", seen,
                        "submitted", submitted,
                        "alreadyDone", alreadyDone,
                        "refused", refused,
                        "segmented", segmented,
                        "expanded", expanded)
                .entrySet()) {
            if (count.getValue() < 0) {
                throw new IllegalArgumentException(count.getKey() + " must not be negative, was " + count.getValue());
            }
        }
        deadLetters = Collections.unmodifiableSortedMap(new TreeMap<>(deadLetters));
    }

    /** Dead letters of any code. */
    public long dead() {
        return deadLetters.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Entries that need no more work. */
    public long settled() {
        return refused + segmented + expanded + dead();
    }
}
