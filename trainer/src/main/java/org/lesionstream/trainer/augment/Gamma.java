package org.lesionstream.trainer.augment;

import java.util.random.RandomGenerator;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.data.SampleTransform;

/**
 * Another transfer curve: every 8-bit value {@code v} becomes {@code 255 (v / 255)^g}.
 *
 * @param range largest change of the exponent: 0.3 draws {@code g} from 1/1.3 to 1.3, evenly in its logarithm
 */
public record Gamma(double range) implements SampleTransform {

    private static final double WHITE = 255;

    public Gamma {
        if (!(range >= 0) || Double.isInfinite(range)) {
            throw new IllegalArgumentException("range must not be negative, was " + range);
        }
    }

    @Override
    public Sample apply(Sample sample, RandomGenerator random) {
        double exponent = Math.exp(Math.log1p(range) * (2 * random.nextDouble() - 1));
        return LevelTable.apply(sample, level -> WHITE * Math.pow(level / WHITE, exponent));
    }
}
