package org.lesionstream.trainer.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.lesionstream.trainer.metric.Bootstrap;
import org.lesionstream.trainer.metric.Estimate;
import org.lesionstream.trainer.metric.SignFlipPermutation;
import org.lesionstream.trainer.metric.WilcoxonSignedRank;

/**
 * Dice of two checkpoints, A and B, on the same images: is the one better than the other, or were the images kind to it?
 *
 * @param subject the name of a class, or {@link #ALL_CLASSES}
 * @param diceOfA mean over images
 * @param diceOfB mean over images
 * @param difference A less B, mean over images with its bootstrap 95 % interval
 * @param wins images on which A is better
 * @param ties images on which they are equal
 * @param losses images on which B is better
 * @param signedRank the signed-rank test
 * @param signFlip the permutation test
 */
public record PairedComparison(
        String subject,
        double diceOfA,
        double diceOfB,
        Estimate difference,
        int wins,
        int ties,
        int losses,
        WilcoxonSignedRank signedRank,
        SignFlipPermutation signFlip) {

    /** The mean over the classes of an image, where there are several. */
    public static final String ALL_CLASSES = "all classes";

    /**
     * Compares class by class, and where there are several also their mean.
     *
     * @param classNames label 1 first
     * @param ofA at least one
     * @param ofB of the same cases in the same order
     */
    public static List<PairedComparison> of(
            List<String> classNames, List<CaseScore> ofA, List<CaseScore> ofB, Bootstrap bootstrap) {
        if (!names(ofA).equals(names(ofB))) {
            throw new IllegalArgumentException("both checkpoints must have been run on the same cases");
        }
        List<PairedComparison> comparisons = new ArrayList<>();
        for (int index = 0; index < classNames.size(); index++) {
            int label = index + 1;
            comparisons.add(of(classNames.get(index), ofA, ofB, score -> score.dice(label), bootstrap));
        }
        if (classNames.size() > 1) {
            comparisons.add(of(ALL_CLASSES, ofA, ofB, CaseScore::dice, bootstrap));
        }
        return comparisons;
    }

    private static List<String> names(List<CaseScore> scores) {
        return scores.stream().map(CaseScore::name).toList();
    }

    private static PairedComparison of(
            String subject,
            List<CaseScore> ofA,
            List<CaseScore> ofB,
            ToDoubleFunction<CaseScore> dice,
            Bootstrap bootstrap) {
        double[] a = ofA.stream().mapToDouble(dice).toArray();
        double[] b = ofB.stream().mapToDouble(dice).toArray();
        double[] differences = new double[a.length];
        Arrays.setAll(differences, index -> a[index] - b[index]);
        return new PairedComparison(
                subject,
                Arrays.stream(a).average().orElseThrow(),
                Arrays.stream(b).average().orElseThrow(),
                bootstrap.mean(differences).orElseThrow(),
                (int) Arrays.stream(differences).filter(each -> each > 0).count(),
                (int) Arrays.stream(differences).filter(each -> each == 0).count(),
                (int) Arrays.stream(differences).filter(each -> each < 0).count(),
                WilcoxonSignedRank.of(differences),
                SignFlipPermutation.of(differences));
    }
}
