package org.lesionstream.trainer.metric;

import java.util.Arrays;

/**
 * Mean and spread of a few repetitions.
 *
 * @param mean of the values
 * @param standardDeviation of the sample: the sum of squares is divided by one less than the number of values
 */
public record Spread(double mean, double standardDeviation) {

    /**
     * Measures values.
     *
     * @throws IllegalArgumentException for fewer than two
     */
    public static Spread of(double... values) {
        if (values.length < 2) {
            throw new IllegalArgumentException("a spread needs at least two values, were " + values.length);
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return new Spread(mean, Math.sqrt(squares / (values.length - 1)));
    }
}
