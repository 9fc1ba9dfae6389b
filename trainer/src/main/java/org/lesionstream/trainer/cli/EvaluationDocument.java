package org.lesionstream.trainer.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.trainer.evaluation.CaseScore;
import org.lesionstream.trainer.evaluation.SplitScore;

/**
 * What {@code evaluate --json} writes.
 *
 * @param checkpoint name and version
 * @param digest of the manifest
 * @param precision of the file that was run
 * @param splits score of each split
 * @param cases score of each case
 */
record EvaluationDocument(
        String checkpoint, String digest, String precision, Map<String, SplitScore> splits, List<Case> cases) {

    /** One case. */
    record Case(String split, String name, double dice, double intersectionOverUnion) {}

    static EvaluationDocument of(
            CheckpointManifest manifest, Precision precision, Map<String, List<CaseScore>> scores) {
        List<Case> cases = new ArrayList<>();
        scores.forEach((split, ofSplit) -> ofSplit.forEach(
                score -> cases.add(new Case(split, score.name(), score.dice(), score.intersectionOverUnion()))));
        return new EvaluationDocument(
                manifest.name() + "@" + manifest.version(),
                manifest.digest().hex(),
                precision.text(),
                splits(scores),
                cases);
    }

    static Map<String, SplitScore> splits(Map<String, List<CaseScore>> scores) {
        Map<String, SplitScore> splits = new LinkedHashMap<>();
        scores.forEach((split, ofSplit) -> splits.put(split, SplitScore.of(ofSplit)));
        return splits;
    }
}
