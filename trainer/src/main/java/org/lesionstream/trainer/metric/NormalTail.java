package org.lesionstream.trainer.metric;

/** How rare a value of the standard normal distribution is. */
final class NormalTail {
    private static final double SERIES_UP_TO = 3;
    private static final int FRACTIONS = 200;
    private static final double TINY = 1e-17;

    private NormalTail() {}

    /** The chance of a value at least as far from 0 as {@code z}, on both sides: {@code erfc(|z| / sqrt 2)}. */
    static double twoSided(double z) {
        double size = Math.abs(z);
        double density = Math.exp(-size * size / 2) / Math.sqrt(2 * Math.PI);
        return size < SERIES_UP_TO ? 1 - 2 * density * series(size) : 2 * density * fraction(size);
    }

    /** {@code z + z^3/3 + z^5/(3 5) + ...}: the chance between 0 and z over the density at z (Abramowitz and Stegun 26.2.11). */
    private static double series(double z) {
        double term = z;
        double sum = z;
        for (int odd = 3; term > TINY * sum; odd += 2) {
            term *= z * z / odd;
            sum += term;
        }
        return sum;
    }

    /** {@code 1/(z + 1/(z + 2/(z + 3/(z + ...))))}: the chance beyond z over the density at z (Abramowitz and Stegun 26.2.14). */
    private static double fraction(double z) {
        double below = z;
        for (int level = FRACTIONS; level >= 1; level--) {
            below = z + level / below;
        }
        return 1 / below;
    }
}
