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
        Counts counts = Counts.of(truth, found);
        double total = 0;
        int present = 0;
        for (int label = 1; label < CLASSES; label++) {
            if (counts.sum[label] > 0) {
                total += counts.dice(label);
                present++;
            }
        }
        return present == 0 ? 1 : total / present;
    }

    /**
     * The same as the trainer's {@code evaluate} counts: the mean over all classes of a checkpoint, 1 for a class that neither mask shows.
     *
     * @param classes how many classes there are, the first has label 1
     */
    static double overClasses(LabelMask truth, LabelMask found, int classes) {
        Counts counts = Counts.of(truth, found);
        double total = 0;
        for (int label = 1; label <= classes; label++) {
            total += counts.dice(label);
        }
        return total / classes;
    }

    /** Pixels by label: in both masks, and in one plus the other. */
    private static final class Counts {
        private final long[] both = new long[CLASSES];
        private final long[] sum = new long[CLASSES];

        static Counts of(LabelMask truth, LabelMask found) {
            Counts counts = new Counts();
            counts.add(truth, found);
            return counts;
        }

        private void add(LabelMask truth, LabelMask found) {
            if (truth.height() != found.height() || truth.width() != found.width()) {
                throw new IllegalArgumentException("masks must have one size, were " + truth + " and " + found);
            }
            for (int i = 0; i < truth.labels().length; i++) {
                int wanted = truth.labels()[i] & 0xff;
                int got = found.labels()[i] & 0xff;
                sum[wanted]++;
                sum[got]++;
                if (wanted == got) {
                    both[wanted]++;
                }
            }
        }

        private double dice(int label) {
            return sum[label] == 0 ? 1 : 2.0 * both[label] / sum[label];
        }
    }
}
