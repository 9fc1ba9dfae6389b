package org.lesionstream.worker.persist;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lesionstream.schemas.message.CaseTimeout;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.delivery.JobOutcome;

/**
 * A list of outcomes sorted by what is to be done with them.
 *
 * @param rows the first outcome of each job that comes with one, by job; of its latest replay, where it comes with several
 * @param timeouts cases whose time is up
 * @param jobs every job that wants its answer, also those that were done before
 */
record Batch(Map<String, OutcomeRow> rows, List<CaseTimeout> timeouts, Set<String> jobs) {

    static Batch of(List<JobOutcome> outcomes, MessageCodec codec) {
        Batch batch = new Batch(new LinkedHashMap<>(), new ArrayList<>(), new LinkedHashSet<>());
        for (JobOutcome outcome : outcomes) {
            if (outcome instanceof JobOutcome.TimedOut timedOut) {
                batch.timeouts.add(timedOut.timeout());
            } else {
                batch.jobs.add(outcome.jobId());
            }
            OutcomeRow.of(outcome, codec)
                    .ifPresent(row -> batch.rows.merge(
                            row.jobId(), row, (first, other) -> other.replay() > first.replay() ? other : first));
        }
        return batch;
    }
}
