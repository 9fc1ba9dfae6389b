package org.lesionstream.worker.persist;

import java.util.List;
import java.util.Optional;

/**
 * Two checkpoints over all their cases. Means are over cases; differences are right less left.
 *
 * @param pairedCases cases in which both sides have segmented at least one image from the same source
 * @param pairedImages those images
 * @param leftOnlyCases cases that the right side was never asked for
 * @param rightOnlyCases cases that the left side was never asked for
 * @param classes by label
 */
public record ComparisonSummary(
        long pairedCases, long pairedImages, long leftOnlyCases, long rightOnlyCases, List<ClassSummary> classes) {
    public ComparisonSummary {
        classes = List.copyOf(classes);
    }

    /**
     * One class over all paired cases.
     *
     * @param casesWithDice cases whose Dice is known; they make the mean, and grow as pages of the comparison are read
     * @param meanDice empty while it is known for no case
     * @param meanLesionDifference empty if a side does not know the class
     */
    public record ClassSummary(
            int label,
            long cases,
            long casesWithDice,
            Optional<Double> meanDice,
            Optional<Double> meanLesionDifference,
            Optional<Double> meanAreaSquareMillimetresDifference,
            Optional<Double> meanVolumeCubicMillimetresDifference) {}
}
