package org.lesionstream.trainer.metric;

import java.util.OptionalDouble;

/**
 * How many lesions there are and how many were told from the rest.
 *
 * @param truth lesions of the truth
 * @param found those of them that a predicted one overlaps enough
 * @param predicted lesions of the prediction
 * @param right those of them that overlap a true one enough
 */
public record LesionCounts(long truth, long found, long predicted, long right) {

    /** Counts nothing; the start of a sum. */
    public static final LesionCounts NONE = new LesionCounts(0, 0, 0, 0);

    public LesionCounts {
        if (found < 0 || right < 0 || found > truth || right > predicted) {
            throw new IllegalArgumentException(
                    "found must be from 0 to truth and right from 0 to predicted, were %d of %d and %d of %d"
                            .formatted(found, truth, right, predicted));
        }
    }

    /** The counts of two pictures together. */
    public LesionCounts plus(LesionCounts other) {
        return new LesionCounts(
                truth + other.truth, found + other.found, predicted + other.predicted, right + other.right);
    }

    /** Share of the true lesions that were found; absent where there are none. */
    public OptionalDouble recall() {
        return Ratio.of(found, truth);
    }

    /** Share of the predicted lesions that are right; absent where there are none. */
    public OptionalDouble precision() {
        return Ratio.of(right, predicted);
    }

    /** Harmonic mean of precision and recall, 0 when nothing was found; absent where neither side has a lesion. */
    public OptionalDouble f1() {
        if (truth + predicted == 0) {
            return OptionalDouble.empty();
        }
        double precision = precision().orElse(0);
        double recall = recall().orElse(0);
        return OptionalDouble.of(precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall));
    }
}
