package org.lesionstream.trainer.data;

import java.util.random.RandomGenerator;

/** Makes a sample from a sample, leaving the given one as it is; all chance comes from {@code random}, so a seed repeats it. */
@FunctionalInterface
public interface SampleTransform {

    /** Leaves every sample as it is. */
    SampleTransform NONE = (sample, random) -> sample;

    Sample apply(Sample sample, RandomGenerator random);
}
