package org.lesionstream.trainer.augment;

import java.util.random.RandomGenerator;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.data.SampleTransform;

/** A variation that first draws which one it is. */
interface Choice extends SampleTransform {

    SampleTransform choose(RandomGenerator random);

    @Override
    default Sample apply(Sample sample, RandomGenerator random) {
        return choose(random).apply(sample, random);
    }
}
