package org.lesionstream.local.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.lesionstream.local.report.Percentiles;
import org.lesionstream.local.traffic.AnswerListener;
import org.lesionstream.local.traffic.JobLane;
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.DeadLetter;
import org.lesionstream.schemas.message.SegmentationResult;

/**
 * When the jobs of one load were published, and when their answers were.
 *
 * <p>Sending may be noted by any thread, everything else belongs to the thread that reads the answers. Answers to jobs of another load
 * are passed over.
 */
public final class JobLog implements AnswerListener {

    /** Time from the publication of a job to that of its answer, and when the answer was published. */
    public record Answered(JobLane lane, long millis, long atMillis) {}

    private final Map<String, JobLane> jobs = new HashMap<>();
    private final Map<String, Long> sentAtMillis = new ConcurrentHashMap<>();
    private final Map<String, Long> answeredAtMillis = new HashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    private final Set<String> toBeRefused = new HashSet<>();
    private Optional<String> madeBy = Optional.empty();

    void asked(String jobId, JobLane lane) {
        jobs.put(jobId, lane);
    }

    /** The job's picture is damaged: a dead letter is the right answer. */
    void toBeRefused(String jobId) {
        toBeRefused.add(jobId);
    }

    /** Jobs that must end in a mask. */
    int whole() {
        return jobs.size() - toBeRefused.size();
    }

    void sent(String jobId, long atMillis) {
        sentAtMillis.put(jobId, atMillis);
    }

    @Override
    public void take(SegmentationResult result, long atMillis) {
        if (jobs.containsKey(result.jobId())) {
            answeredAtMillis.putIfAbsent(result.jobId(), atMillis);
            madeBy = Optional.of(result.precision() + " on " + result.engine());
        }
    }

    @Override
    public void take(DeadLetter letter, long atMillis) {
        letter.job().filter(job -> jobs.containsKey(job.jobId())).ifPresent(job -> {
            if (!toBeRefused.contains(job.jobId())) {
                refused.add(job.jobId() + ": " + letter.code());
            }
            answeredAtMillis.putIfAbsent(job.jobId(), atMillis);
        });
    }

    @Override
    public void take(CaseResult result) {} // each case has one image here, whose result says it all

    public int asked() {
        return jobs.size();
    }

    public int answered() {
        return answeredAtMillis.size();
    }

    /** Precision and engine, as the latest answer says; empty without one. */
    Optional<String> madeBy() {
        return madeBy;
    }

    /** Dead letters of whole pictures, which must not come here: they cost less than a mask and would flatter every figure. */
    public Set<String> refused() {
        return refused;
    }

    public long firstSentAtMillis() {
        return sentAtMillis.values().stream().mapToLong(Long::longValue).min().orElseThrow();
    }

    /** The answered jobs in the order of their answers. */
    public List<Answered> answers() {
        List<Answered> answers = new ArrayList<>();
        answeredAtMillis.forEach((jobId, at) ->
                answers.add(new Answered(jobs.get(jobId), at - sentAtMillis.getOrDefault(jobId, at), at)));
        answers.sort(Comparator.comparingLong(Answered::atMillis));
        return answers;
    }

    /** Answers per second between two shares of the jobs, such as 0.9 and 1; not a number where that was no time at all. */
    double rate(double from, double to) {
        List<Answered> answers = answers();
        int first = (int) (from * answers.size());
        int last = (int) (to * answers.size());
        long start = first == 0 ? firstSentAtMillis() : answers.get(first - 1).atMillis();
        long millis = answers.get(last - 1).atMillis() - start;
        return millis == 0 ? Double.NaN : 1000.0 * (last - first) / millis;
    }

    /** Latencies of a lane in milliseconds. */
    public Percentiles latencies(JobLane lane) {
        return new Percentiles(answers().stream()
                .filter(answer -> answer.lane() == lane)
                .map(Answered::millis)
                .toList());
    }
}
