package org.lesionstream.trainer.metric;

import org.lesionstream.schemas.image.LabelMask;

/**
 * How two masks agree on one label: the counts from which the overlap scores follow.
 *
 * @param both pixels that carry the label in both masks (true positives)
 * @param predictedOnly pixels that only the prediction gave the label (false positives)
 * @param truthOnly pixels that only the truth gave the label (false negatives)
 */
public record PixelCounts(long both, long predictedOnly, long truthOnly) {

    /** Counts nothing; the start of a sum. */
    public static final PixelCounts NONE = new PixelCounts(0, 0, 0);

    public PixelCounts {
        if (both < 0 || predictedOnly < 0 || truthOnly < 0) {
            throw new IllegalArgumentException(
                    "counts must not be negative, were %d, %d, %d".formatted(both, predictedOnly, truthOnly));
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
        return new PixelCounts(both, predictedOnly, truthOnly);
    }

    /** The counts of two disjoint sets of pixels together. */
    public PixelCounts plus(PixelCounts other) {
        return new PixelCounts(both + other.both, predictedOnly + other.predictedOnly, truthOnly + other.truthOnly);
    }

    /** Whether neither mask carries the label. */
    boolean bothEmpty() {
        return both + predictedOnly + truthOnly == 0;
    }
}
