package org.lesionstream.trainer.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.trainer.evaluation.CaseAssessment;
import org.lesionstream.trainer.evaluation.CaseScore;
import org.lesionstream.trainer.evaluation.LabelAssessment;
import org.lesionstream.trainer.evaluation.SplitScore;
import org.lesionstream.trainer.evaluation.SplitSummary;
import org.lesionstream.trainer.metric.Bootstrap;

/**
 * What {@code evaluate --json} writes.
 *
 * @param checkpoint name and version
 * @param digest of the manifest
 * @param precision of the file that was run
 * @param lesionOverlap intersection over union from which a lesion counts as found, 0 for any overlap
 * @param bootstrap how the intervals came about
 * @param splits the short score of each split
 * @param summaries everything about each split
 * @param cases everything about each case
 */
record EvaluationDocument(
        String checkpoint,
        String digest,
        String precision,
        double lesionOverlap,
        Bootstrap bootstrap,
        Map<String, SplitScore> splits,
        Map<String, SplitSummary> summaries,
        List<Case> cases) {

    /** One case; {@code labels} has label 1 first. */
    record Case(String split, String name, double dice, double intersectionOverUnion, List<LabelAssessment> labels) {
        static Case of(String split, CaseAssessment assessment) {
            CaseScore score = assessment.score();
            return new Case(split, score.name(), score.dice(), score.intersectionOverUnion(), assessment.labels());
        }
    }

    static EvaluationDocument of(
            CheckpointManifest manifest,
            Precision precision,
            double lesionOverlap,
            Bootstrap bootstrap,
            Map<String, SplitSummary> summaries,
            Map<String, List<CaseAssessment>> assessments) {
        List<Case> cases = new ArrayList<>();
        assessments.forEach((split, ofSplit) -> ofSplit.forEach(each -> cases.add(Case.of(split, each))));
        return new EvaluationDocument(
                manifest.name() + "@" + manifest.version(),
                manifest.digest().hex(),
                precision.text(),
                lesionOverlap,
                bootstrap,
                splits(scores(assessments)),
                summaries,
                cases);
    }

    /** The overlap of every case. */
    static Map<String, List<CaseScore>> scores(Map<String, List<CaseAssessment>> assessments) {
        Map<String, List<CaseScore>> scores = new LinkedHashMap<>();
        assessments.forEach((split, ofSplit) ->
                scores.put(split, ofSplit.stream().map(CaseAssessment::score).toList()));
        return scores;
    }

    static Map<String, SplitScore> splits(Map<String, List<CaseScore>> scores) {
        Map<String, SplitScore> splits = new LinkedHashMap<>();
        scores.forEach((split, ofSplit) -> splits.put(split, SplitScore.of(ofSplit)));
        return splits;
    }
}
