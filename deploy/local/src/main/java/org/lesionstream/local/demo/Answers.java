package org.lesionstream.local.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.local.traffic.AnswerListener;
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.DeadLetter;
import org.lesionstream.schemas.message.SegmentationResult;

/**
 * What came back for a {@link Submission}: the first answer to each job and case, and the count of all that was wrong.
 *
 * <p>Confined to the thread that reads the answers.
 */
final class Answers implements AnswerListener {

    /** An answer and when it was written to the broker, in milliseconds since 1970. */
    record Dated<T>(T message, long atMillis) {}

    private final Submission submission;
    private final OutcomeTally tally;
    private final Map<String, Dated<SegmentationResult>> results = new HashMap<>();
    private final Map<String, Dated<DeadLetter>> deadLetters = new HashMap<>();
    private final Map<String, CaseResult> caseResults = new HashMap<>();

    Answers(Submission submission) {
        this.submission = submission;
        this.tally = submission.tally();
    }

    @Override
    public void take(SegmentationResult result, long atMillis) {
        if (tally.take(OutcomeTally.Answer.RESULT, result.jobId())) {
            results.put(result.jobId(), new Dated<>(result, atMillis));
        }
    }

    @Override
    public void take(DeadLetter letter, long atMillis) {
        String subject = Submission.subject(letter);
        if (tally.take(OutcomeTally.Answer.DEAD_LETTER, subject)) {
            deadLetters.put(subject, new Dated<>(letter, atMillis));
        }
    }

    @Override
    public void take(CaseResult result) {
        if (tally.take(OutcomeTally.Answer.CASE_RESULT, result.caseId())) {
            caseResults.put(result.caseId(), result);
        }
    }

    OutcomeTally tally() {
        return tally;
    }

    /** The results, in the order in which they were written. */
    List<Dated<SegmentationResult>> results() {
        return results.values().stream()
                .sorted(Comparator.comparingLong(Dated::atMillis))
                .toList();
    }

    /** The dead letter that answers the job, if one does; see {@link Submission} for the names. */
    Optional<DeadLetter> deadLetter(String subject) {
        return Optional.ofNullable(deadLetters.get(subject)).map(Dated::message);
    }

    /** The result of the case, if it came. */
    Optional<CaseResult> caseResult(String caseId) {
        return Optional.ofNullable(caseResults.get(caseId));
    }

    /** Jobs per second from the first submission to the last mask; 0 without any. */
    double imagesPerSecond() {
        long last = results.values().stream().mapToLong(Dated::atMillis).max().orElse(0);
        double seconds = (last - submission.firstSentAtMillis()) / 1000.0;
        return seconds > 0 ? results.size() / seconds : 0;
    }

    /** What is not as it had to be though it came once: one sentence each. */
    List<String> surprises() {
        List<String> surprises = new ArrayList<>();
        submission.jobs().forEach((name, job) -> surprise(name, job).ifPresent(surprises::add));
        caseResults.values().forEach(result -> surprise(result).ifPresent(surprises::add));
        if (tally.strays() > 0) {
            surprises.add(tally.strays() + " messages are about jobs or cases that nobody asked for");
        }
        surprises.sort(Comparator.naturalOrder());
        return surprises;
    }

    private Optional<String> surprise(String name, PlannedJob job) {
        Optional<DeadLetter> letter = deadLetter(name);
        if (!job.mustFail()) {
            return letter.map(refused -> name + ": a good picture became a dead letter with the code " + refused.code()
                    + " at \"" + refused.where() + "\"");
        }
        if (results.containsKey(name)) {
            return Optional.of(name + ": a " + job.kind().description() + " got a mask");
        }
        return letter.filter(refused -> !job.kind().failure().equals(Optional.of(refused.code())))
                .map(refused -> name + ": a " + job.kind().description() + " got the code " + refused.code()
                        + " instead of " + job.kind().failure().orElseThrow());
    }

    /** A case says what its images say together. */
    private Optional<String> surprise(CaseResult result) {
        List<SegmentationResult> images = results.values().stream()
                .map(Dated::message)
                .filter(image -> image.imagingCase().id().equals(result.caseId()))
                .toList();
        int lesions = images.stream().mapToInt(SegmentationResult::lesionCount).sum();
        boolean agrees = result.lesionCount() == lesions
                && result.images() - result.missing().size() == images.size();
        return agrees
                ? Optional.empty()
                : Optional.of(result.caseId() + ": the case result counts " + result.lesionCount() + " lesions in "
                        + (result.images() - result.missing().size()) + " images, its images have " + lesions + " in "
                        + images.size());
    }
}
