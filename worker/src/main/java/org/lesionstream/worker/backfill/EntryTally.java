package org.lesionstream.worker.backfill;

import java.util.TreeMap;
import org.lesionstream.worker.persist.BackfillCounts;
import org.lesionstream.worker.persist.JobFate;

/** Counts the entries of a backfill and what became of them. Confined to one thread. */
final class EntryTally {
    private long seen;
    private long submitted;
    private long alreadyDone;
    private long refused;
    private long segmented;
    private long expanded;
    private final TreeMap<String, Long> deadLetters = new TreeMap<>();

    void seen() {
        seen++;
    }

    void submitted() {
        submitted++;
    }

    void refused() {
        refused++;
    }

    long refusals() {
        return refused;
    }

    /** An entry that was not submitted, since its job had an outcome before. */
    void doneBefore(JobFate fate) {
        alreadyDone++;
        ended(fate, 1);
    }

    /** So many entries ended with their job. */
    void ended(JobFate fate, int entries) {
        switch (fate.kind()) {
            case SEGMENTED -> segmented += entries;
            case EXPANDED -> expanded += entries;
            case DEAD_LETTER -> deadLetters.merge(fate.failureCode().orElseThrow(), (long) entries, Long::sum);
        }
    }

    BackfillCounts counts() {
        return new BackfillCounts(seen, submitted, alreadyDone, refused, segmented, expanded, deadLetters);
    }
}
