package org.lesionstream.trainer.metric;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/**
 * How far a mean would move with other images of the same kind: the images are drawn anew with replacement, as many as there are, and the middle 95 % of the
 * means are the interval (percentile bootstrap; Efron and Tibshirani, "An introduction to the bootstrap", 1993, chapter 13).
 *
 * <p>Equal values give equal intervals: every call draws from the same seed.
 *
 * @param resamples how often; 2,000 settle the ends of the interval to about a hundredth of its width
 * @param seed of the draws
 */
public record Bootstrap(int resamples, long seed) {

    /** 2,000 resamples from the seed 1. */
    public static final Bootstrap DEFAULT = new Bootstrap(2000, 1);

    private static final double LOWER = 2.5;
    private static final double UPPER = 97.5;

    public Bootstrap {
        if (resamples < 1) {
            throw new IllegalArgumentException("resamples must be positive, was " + resamples);
        }
    }

    /**
     * The mean with its interval.
     *
     * @param values one for each image
     * @return absent without values
     */
    public Optional<Estimate> mean(double... values) {
        if (values.length == 0) {
            return Optional.empty();
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] means = new double[resamples];
        for (int resample = 0; resample < resamples; resample++) {
            means[resample] = mean(values, index -> random.nextInt(values.length));
        }
        Arrays.sort(means);
        return Optional.of(new Estimate(
                mean(values, index -> index), Percentile.of(means, LOWER), Percentile.of(means, UPPER), values.length));
    }

    /** Summed from the first value on, so that equal values have exactly their own mean. */
    private static double mean(double[] values, IntUnaryOperator drawn) {
        double sum = 0;
        for (int draw = 0; draw < values.length; draw++) {
            sum += values[drawn.applyAsInt(draw)] - values[0];
        }
        return values[0] + sum / values.length;
    }
}
