package org.lesionstream.trainer.augment;

import java.util.List;
import java.util.random.RandomGenerator;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.data.SampleTransform;

/**
 * Several variations, one after the other, all fed from the same source of chance.
 *
 * @param links applied in this order; none leaves samples as they are
 */
public record AugmentationChain(List<SampleTransform> links) implements SampleTransform {

    public AugmentationChain {
        links = List.copyOf(links);
    }

    @Override
    public Sample apply(Sample sample, RandomGenerator random) {
        Sample result = sample;
        for (SampleTransform link : links) {
            result = link.apply(result, random);
        }
        return result;
    }
}
