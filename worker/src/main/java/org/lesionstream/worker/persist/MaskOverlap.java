package org.lesionstream.worker.persist;

import java.util.Arrays;
import java.util.List;
import org.lesionstream.schemas.image.LabelMask;

/**
 * What two masks of one picture have in common, for one class.
 *
 * @param leftPixels pixels that have the label in the left mask
 * @param rightPixels the same in the right mask
 * @param commonPixels pixels that have it in both
 */
record MaskOverlap(int label, long leftPixels, long rightPixels, long commonPixels) {
    private static final int LABELS = 256;

    /**
     * Counts some labels in one pass over both masks.
     *
     * @throws IllegalArgumentException if the masks have different sizes
     */
    static List<MaskOverlap> of(LabelMask left, LabelMask right, int... labels) {
        if (left.height() != right.height() || left.width() != right.width()) {
            throw new IllegalArgumentException("masks must have one size, were " + left + " and " + right);
        }
        long[] leftPixels = new long[LABELS];
        long[] rightPixels = new long[LABELS];
        long[] commonPixels = new long[LABELS];
        for (int pixel = 0; pixel < left.labels().length; pixel++) {
            int leftLabel = left.labels()[pixel] & 0xff;
            int rightLabel = right.labels()[pixel] & 0xff;
            leftPixels[leftLabel]++;
            rightPixels[rightLabel]++;
            if (leftLabel == rightLabel) {
                commonPixels[leftLabel]++;
            }
        }
        return Arrays.stream(labels)
                .mapToObj(label -> new MaskOverlap(label, leftPixels[label], rightPixels[label], commonPixels[label]))
                .toList();
    }
}
