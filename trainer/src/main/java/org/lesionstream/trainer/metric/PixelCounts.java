package org.lesionstream.trainer.metric;

import java.util.OptionalDouble;
import org.lesionstream.schemas.image.LabelMask;

/**
 * How two masks agree on one label: the confusion matrix from which the scores of pixels follow.
 *
 * @param both pixels that carry the label in both masks (true positives)
 * @param predictedOnly pixels that only the prediction gave the label (false positives)
 * @param truthOnly pixels that only the truth gave the label (false negatives)
 * @param neither pixels that carry the label in no mask (true negatives)
 */
public record PixelCounts(long both, long predictedOnly, long truthOnly, long neither) {

    /** Counts nothing; the start of a sum. */
    public static final PixelCounts NONE = new PixelCounts(0, 0, 0, 0);

    public PixelCounts {
        if (both < 0 || predictedOnly < 0 || truthOnly < 0 || neither < 0) {
            throw new IllegalArgumentException("counts must not be negative, were %d, %d, %d, %d"
                    .formatted(both, predictedOnly, truthOnly, neither));
        }
    }

    /**
     * Compares two masks pixel by pixel.
     *
     * @param label the label that counts as positive, 0 to 255
     * @throws IllegalArgumentException when the masks differ in size
     */
    public static PixelCounts of(LabelMask predicted, LabelMask truth, int label) {
        if (predicted.height() != truth.height() || predicted.width() != truth.width()) {
            throw new IllegalArgumentException("masks must have one size, were %dx%d and %dx%d"
                    .formatted(predicted.height(), predicted.width(), truth.height(), truth.width()));
        }
        byte wanted = (byte) label;
        byte[] ours = predicted.labels();
        byte[] theirs = truth.labels();
        long both = 0;
        long predictedOnly = 0;
        long truthOnly = 0;
        for (int pixel = 0; pixel < ours.length; pixel++) {
            boolean here = ours[pixel] == wanted;
            boolean there = theirs[pixel] == wanted;
            if (here && there) {
                both++;
            } else if (here) {
                predictedOnly++;
            } else if (there) {
                truthOnly++;
            }
        }
        return new PixelCounts(both, predictedOnly, truthOnly, ours.length - both - predictedOnly - truthOnly);
    }

    /** The counts of two disjoint sets of pixels together. */
    public PixelCounts plus(PixelCounts other) {
        return new PixelCounts(
                both + other.both,
                predictedOnly + other.predictedOnly,
                truthOnly + other.truthOnly,
                neither + other.neither);
    }

    /** Whether neither mask carries the label. */
    public boolean bothEmpty() {
        return both + predictedOnly + truthOnly == 0;
    }

    /** How many pixels carry the label in the truth. */
    public long truth() {
        return both + truthOnly;
    }

    /** How many pixels the prediction gave the label. */
    public long predicted() {
        return both + predictedOnly;
    }

    /** Share of the truth that was found, {@code tp / (tp + fn)}; absent where the truth lacks the label. */
    public OptionalDouble sensitivity() {
        return Ratio.of(both, truth());
    }

    /** Share of the rest that was left alone, {@code tn / (tn + fp)}; absent where the label covers all of the truth. */
    public OptionalDouble specificity() {
        return Ratio.of(neither, neither + predictedOnly);
    }

    /**
     * Mean over the pixels of {@code |prediction - truth|} of the decided masks, {@code (fp + fn) / (tp + fp + fn + tn)}. It is that of labels and not of
     * probabilities, which a network of several classes does not hand out.
     */
    public double meanAbsoluteError() {
        return Ratio.of(predictedOnly + truthOnly, both + predictedOnly + truthOnly + neither)
                .orElse(0);
    }
}
