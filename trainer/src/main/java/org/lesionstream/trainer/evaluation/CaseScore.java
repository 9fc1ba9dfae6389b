package org.lesionstream.trainer.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.trainer.metric.DiceScore;
import org.lesionstream.trainer.metric.IntersectionOverUnion;
import org.lesionstream.trainer.metric.OverlapScore;
import org.lesionstream.trainer.metric.PixelCounts;

/**
 * How well one case was segmented.
 *
 * @param name of the case
 * @param counts per foreground label, label 1 first
 */
public record CaseScore(String name, List<PixelCounts> counts) {

    private static final OverlapScore DICE = new DiceScore();
    private static final OverlapScore IOU = new IntersectionOverUnion();

    public CaseScore {
        counts = List.copyOf(counts);
        if (counts.isEmpty()) {
            throw new IllegalArgumentException("counts must hold at least one label");
        }
    }

    /**
     * Compares a prediction with the truth.
     *
     * @param labels how many labels exist, background included
     */
    public static CaseScore of(String name, LabelMask predicted, LabelMask truth, int labels) {
        List<PixelCounts> counts = new ArrayList<>();
        for (int label = 1; label < labels; label++) {
            counts.add(PixelCounts.of(predicted, truth, label));
        }
        return new CaseScore(name, counts);
    }

    /** Mean Dice over the foreground labels. */
    public double dice() {
        return mean(DICE, counts);
    }

    /** Dice of one label, counted from 1. */
    public double dice(int label) {
        return DICE.of(counts.get(label - 1));
    }

    /** Mean intersection over union over the foreground labels. */
    public double intersectionOverUnion() {
        return mean(IOU, counts);
    }

    private static double mean(OverlapScore score, List<PixelCounts> counts) {
        double sum = 0;
        for (PixelCounts label : counts) {
            sum += score.of(label);
        }
        return sum / counts.size();
    }

    /** Mean over cases of {@link #dice()}: every patient's picture weighs alike, however large its lesion. */
    public static double meanDice(List<CaseScore> cases) {
        return cases.stream().mapToDouble(CaseScore::dice).average().orElseThrow();
    }

    /** Mean over cases of {@link #intersectionOverUnion()}. */
    public static double meanIntersectionOverUnion(List<CaseScore> cases) {
        return cases.stream()
                .mapToDouble(CaseScore::intersectionOverUnion)
                .average()
                .orElseThrow();
    }

    /** Dice of one label over the pixels of all cases together, as some challenges report it. */
    public static double pooledDice(List<CaseScore> cases, int label) {
        PixelCounts sum = PixelCounts.NONE;
        for (CaseScore score : cases) {
            sum = sum.plus(score.counts().get(label - 1));
        }
        return DICE.of(sum);
    }
}
