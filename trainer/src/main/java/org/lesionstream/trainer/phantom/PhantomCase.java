package org.lesionstream.trainer.phantom;

import java.util.Locale;

/**
 * One case: a single picture, or a volume whose pictures are its slices.
 *
 * @param number from 1
 * @param slices 1 for a single picture
 * @param validation whether it judges rather than teaches; a case is never torn between the two
 */
public record PhantomCase(int number, int slices, boolean validation) {

    public PhantomCase {
        if (number < 1) {
            throw new IllegalArgumentException("number must be positive, was " + number);
        }
        if (slices < 1) {
            throw new IllegalArgumentException("slices must be positive, was " + slices);
        }
    }

    /** Name that sorts by number, such as {@code case-0007}. */
    public String name() {
        return String.format(Locale.ROOT, "case-%04d", number);
    }
}
