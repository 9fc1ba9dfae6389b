package org.lesionstream.local.demo;

import static java.util.stream.Collectors.toCollection;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.lesionstream.schemas.message.DeadLetter;
import org.lesionstream.schemas.message.ImageJob;

/**
 * The jobs as they went out, each under the name that its answer will bear.
 *
 * @param jobs by job id; a message without readable job id by the place where it lies, see {@link #unreadable}
 * @param sentAtMillis when each was written to the broker, by the same names; milliseconds since 1970
 */
record Submission(Map<String, PlannedJob> jobs, Map<String, Long> sentAtMillis) {

    Submission {
        jobs = Map.copyOf(jobs);
        sentAtMillis = Map.copyOf(sentAtMillis);
    }

    /** The name of the answer to a message that holds no readable job. */
    static String unreadable(String topic, int partition, long offset) {
        return "unreadable:" + topic + ":" + partition + ":" + offset;
    }

    /** Which of the jobs a dead letter is about. */
    static String subject(DeadLetter letter) {
        return letter.job()
                .map(ImageJob::jobId)
                .orElseGet(() -> unreadable(
                        letter.source().topic(),
                        letter.source().partition(),
                        letter.source().offset()));
    }

    /** An empty tally of what must come back. */
    OutcomeTally tally() {
        return new OutcomeTally(jobs.keySet(), cases());
    }

    long firstSentAtMillis() {
        return sentAtMillis.values().stream().mapToLong(Long::longValue).min().orElseThrow();
    }

    /** A message that is no JSON belongs to no case. */
    private Set<String> cases() {
        return jobs.values().stream()
                .filter(job -> job.kind() != JobKind.INVALID_JSON)
                .map(PlannedJob::caseId)
                .collect(toCollection(TreeSet::new));
    }
}
