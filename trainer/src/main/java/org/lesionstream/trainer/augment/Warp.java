package org.lesionstream.trainer.augment;

import java.util.random.RandomGenerator;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.data.SampleTransform;

/** A variation that moves pixels by a field, so that several in a row can become one, see {@link AugmentationChain}. */
interface Warp extends SampleTransform {

    /** Draws where the pixels of a new picture come from. */
    Field draw(RandomGenerator random, int height, int width);

    Sampling sampling();

    @Override
    default Sample apply(Sample sample, RandomGenerator random) {
        return draw(random, sample.image().height(), sample.image().width()).apply(sample, sampling());
    }
}
