package org.lesionstream.local.demo;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lesionstream.local.traffic.AnswerListener;
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.DeadLetter;
import org.lesionstream.schemas.message.JobExpansion;
import org.lesionstream.schemas.message.SegmentationResult;

/** What comes of one job for a series: an expansion, a result for each slice, and the case. Confined to one thread. */
final class SeriesAnswers implements AnswerListener {
    private final Map<Integer, SegmentationResult> results = new TreeMap<>();
    private Optional<CaseResult> caseResult = Optional.empty();
    private Optional<DeadLetter> deadLetter = Optional.empty();

    @Override
    public void take(SegmentationResult result, long atMillis) {
        results.put(result.imagingCase().image(), result);
    }

    @Override
    public void take(DeadLetter letter, long atMillis) {
        deadLetter = Optional.of(letter);
    }

    @Override
    public void take(CaseResult result) {
        caseResult = Optional.of(result);
    }

    /** The number of slices is known before; what the answer says is not needed. */
    @Override
    public void take(JobExpansion expansion) {}

    /** By the number of the slice. */
    Map<Integer, SegmentationResult> results() {
        return results;
    }

    Optional<CaseResult> caseResult() {
        return caseResult;
    }

    Optional<DeadLetter> deadLetter() {
        return deadLetter;
    }
}
