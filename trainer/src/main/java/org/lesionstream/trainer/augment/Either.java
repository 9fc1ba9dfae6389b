package org.lesionstream.trainer.augment;

import java.util.Objects;
import java.util.random.RandomGenerator;
import org.lesionstream.trainer.data.SampleTransform;

/**
 * One of two variations.
 *
 * @param share probability of the first, 0 to 1
 */
record Either(double share, SampleTransform first, SampleTransform second) implements Choice {

    Either {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(second, "second");
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must lie in [0, 1], was " + share);
        }
    }

    @Override
    public SampleTransform choose(RandomGenerator random) {
        return random.nextDouble() < share ? first : second;
    }
}
