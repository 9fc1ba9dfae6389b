package org.lesionstream.trainer.augment;

import java.util.random.RandomGenerator;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.data.SampleTransform;

/**
 * A noisier sensor: every sample gets a normal number of its own.
 *
 * @param sigma largest deviation in grey levels; each picture's is drawn from 0 to it
 */
public record GaussianNoise(double sigma) implements SampleTransform {

    public GaussianNoise {
        if (!(sigma >= 0 && sigma < LevelTable.LEVELS)) {
            throw new IllegalArgumentException("sigma must lie in [0, 256), was " + sigma);
        }
    }

    @Override
    public Sample apply(Sample sample, RandomGenerator random) {
        LevelTable.requireBytes(sample.image());
        double deviation = sigma * random.nextDouble();
        byte[] from = sample.image().samples();
        byte[] to = new byte[from.length];
        for (int index = 0; index < from.length; index++) {
            to[index] = LevelTable.clipped((from[index] & 0xff) + deviation * random.nextGaussian());
        }
        return LevelTable.with(sample, to);
    }
}
