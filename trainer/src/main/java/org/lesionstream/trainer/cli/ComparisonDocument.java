package org.lesionstream.trainer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lesionstream.trainer.evaluation.CaseScore;
import org.lesionstream.trainer.evaluation.PairedComparison;

/**
 * What {@code compare --json} writes.
 *
 * @param checkpointA name and version
 * @param digestA of its manifest
 * @param checkpointB name and version
 * @param digestB of its manifest
 * @param comparisons class by class, of every split
 * @param cases DSC of every case
 */
record ComparisonDocument(
        String checkpointA,
        String digestA,
        String checkpointB,
        String digestB,
        Map<String, List<PairedComparison>> comparisons,
        List<Case> cases) {

    /** One case, mean over its classes. */
    record Case(String split, String name, double diceOfA, double diceOfB) {}

    static ComparisonDocument of(
            RunningCheckpoint a,
            RunningCheckpoint b,
            Map<String, List<PairedComparison>> comparisons,
            Map<String, List<CaseScore>> scoresA,
            Map<String, List<CaseScore>> scoresB) {
        List<Case> cases = new ArrayList<>();
        scoresA.forEach((split, ofSplit) -> {
            for (int index = 0; index < ofSplit.size(); index++) {
                CaseScore score = ofSplit.get(index);
                cases.add(new Case(
                        split,
                        score.name(),
                        score.dice(),
                        scoresB.get(split).get(index).dice()));
            }
        });
        return new ComparisonDocument(
                a.reference(),
                a.manifest().digest().hex(),
                b.reference(),
                b.manifest().digest().hex(),
                comparisons,
                cases);
    }
}
