package org.lesionstream.local.demo;

import org.lesionstream.schemas.image.LabelMask;

/**
 * How well a mask agrees with the truth: {@code 2 |A n B| / (|A| + |B|)} (Dice 1945), per class, then the mean over the classes that
 * either of the two masks shows.
 */
final class Dice {

    private static final int CLASSES = 256;

    private Dice() {}

    /**
     * From 0, nothing in common, to 1, equal; 1 where both masks are empty, because finding nothing was right then.
     *
     * @throws IllegalArgumentException when the masks have different sizes
     */
    static double of(LabelMask truth, LabelMask found) {
        if (truth.height() != found.height() || truth.width() != found.width()) {
            throw new IllegalArgumentException("masks must have one size, were " + truth + " and " + found);
        }
        long[] both = new long[CLASSES];
        long[] sum = new long[CLASSES];
        for (int i = 0; i < truth.labels().length; i++) {
            int wanted = truth.labels()[i] & 0xff;
            int got = found.labels()[i] & 0xff;
            sum[wanted]++;
            sum[got]++;
            if (wanted == got) {
                both[wanted]++;
            }
        }
        double total = 0;
        int present = 0;
        for (int label = 1; label < CLASSES; label++) {
            if (sum[label] > 0) {
                total += 2.0 * both[label] / sum[label];
                present++;
            }
        }
        return present == 0 ? 1 : total / present;
    }
}
