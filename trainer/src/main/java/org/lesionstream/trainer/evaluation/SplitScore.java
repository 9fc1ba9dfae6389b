package org.lesionstream.trainer.evaluation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The scores of one split.
 *
 * @param cases how many
 * @param dice mean over the cases of each case's mean over its labels
 * @param intersectionOverUnion likewise
 * @param pooledDice per label, over the pixels of all cases together
 */
public record SplitScore(int cases, double dice, double intersectionOverUnion, Map<Integer, Double> pooledDice) {

    /** Sums up the cases of a split. */
    public static SplitScore of(List<CaseScore> scores) {
        Map<Integer, Double> pooled = new TreeMap<>();
        for (int label = 1; label <= scores.get(0).counts().size(); label++) {
            pooled.put(label, CaseScore.pooledDice(scores, label));
        }
        return new SplitScore(
                scores.size(), CaseScore.meanDice(scores), CaseScore.meanIntersectionOverUnion(scores), pooled);
    }
}
