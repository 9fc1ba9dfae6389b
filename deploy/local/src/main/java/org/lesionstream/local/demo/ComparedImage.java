package org.lesionstream.local.demo;

import java.util.Arrays;
import org.lesionstream.schemas.image.LabelMask;

/**
 * The stored mask of one picture beside the one that {@code evaluate} judged.
 *
 * @param name of the picture
 * @param pixels in which the masks differ; all of them where they have different sizes
 * @param dice of the stored mask
 * @param evaluatedDice as {@code evaluate} says
 */
record ComparedImage(String name, int pixels, double dice, double evaluatedDice) {

    /** Half of the last of four digits. */
    private static final double FOUR_DIGITS = 0.5e-4;

    /** How many pixels of two masks have different labels. */
    static int differences(LabelMask stored, LabelMask judged) {
        if (stored.height() != judged.height() || stored.width() != judged.width()) {
            return Math.max(stored.labels().length, judged.labels().length);
        }
        if (Arrays.equals(stored.labels(), judged.labels())) {
            return 0;
        }
        int different = 0;
        for (int pixel = 0; pixel < stored.labels().length; pixel++) {
            different += stored.labels()[pixel] == judged.labels()[pixel] ? 0 : 1;
        }
        return different;
    }

    boolean equalMasks() {
        return pixels == 0;
    }

    boolean equalDice() {
        return equalDice(dice, evaluatedDice);
    }

    /** Whether two scores are the same to four digits. */
    static boolean equalDice(double one, double other) {
        return Math.abs(one - other) <= FOUR_DIGITS;
    }
}
