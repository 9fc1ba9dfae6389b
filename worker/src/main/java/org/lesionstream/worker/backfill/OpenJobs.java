package org.lesionstream.worker.backfill;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The jobs of a backfill that are in the fleet and have no outcome yet, at most so many: its share of the fleet.
 *
 * <p>A source may name a picture twice. Then the second entry joins the job of the first one while that is open, and both end with it.
 * Confined to one thread.
 */
final class OpenJobs {
    private final int most;
    private final Map<String, Integer> entriesByJob = new LinkedHashMap<>();
    private long entries;

    OpenJobs(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most must be positive, was " + most);
        }
        this.most = most;
    }

    /** How many more jobs may be open. */
    int room() {
        return most - entriesByJob.size();
    }

    boolean isEmpty() {
        return entriesByJob.isEmpty();
    }

    /** Open jobs, oldest first; a copy. */
    List<String> ids() {
        return List.copyOf(entriesByJob.keySet());
    }

    /** How many entries wait for them. */
    long entries() {
        return entries;
    }

    /** Notes an entry; true if its job was not open yet. */
    boolean add(String jobId) {
        if (!entriesByJob.containsKey(jobId) && room() == 0) {
            throw new IllegalStateException("no more than " + most + " jobs may be open");
        }
        entries++;
        return entriesByJob.merge(jobId, 1, Integer::sum) == 1;
    }

    /** Forgets a job; how many entries waited for it. */
    int remove(String jobId) {
        Integer waited = entriesByJob.remove(jobId);
        if (waited == null) {
            throw new IllegalStateException("the job is not open");
        }
        entries -= waited;
        return waited;
    }
}
