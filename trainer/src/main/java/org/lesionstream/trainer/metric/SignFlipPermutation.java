package org.lesionstream.trainer.metric;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Whether paired differences have the mean 0, by turning their signs: were the two sides alike, every difference could as well have had the other sign (Fisher,
 * "The design of experiments", 1935, section 21), two-sided.
 *
 * <ul>
 *   <li>Up to 16 differences other than 0 all choices of signs are tried.
 *   <li>Above, 9,999 choices are drawn from a fixed seed, and the one that was observed counts as another.
 * </ul>
 *
 * @param chance of a mean at least as far from 0 (p value)
 * @param exact whether all choices were tried
 */
public record SignFlipPermutation(double chance, boolean exact) {

    private static final int ALL_UP_TO = 16;
    private static final int DRAWS = 9999;
    private static final long SEED = 1;

    /** What sums may miss by rounding, relative to the sum of sizes. */
    private static final double ROUNDING = 1e-12;

    /** Tests paired differences. */
    public static SignFlipPermutation of(double... all) {
        double[] differences =
                Arrays.stream(all).filter(difference -> difference != 0).toArray();
        double slack = ROUNDING * Arrays.stream(differences).map(Math::abs).sum();
        double observed = Math.abs(Arrays.stream(differences).sum()) - slack;
        return differences.length <= ALL_UP_TO ? all(differences, observed) : drawn(differences, observed);
    }

    private static SignFlipPermutation all(double[] differences, double observed) {
        int choices = 1 << differences.length;
        int extreme = 0;
        for (int signs = 0; signs < choices; signs++) {
            double sum = 0;
            for (int index = 0; index < differences.length; index++) {
                sum += (signs >> index & 1) == 0 ? differences[index] : -differences[index];
            }
            extreme += Math.abs(sum) >= observed ? 1 : 0;
        }
        return new SignFlipPermutation((double) extreme / choices, true);
    }

    private static SignFlipPermutation drawn(double[] differences, double observed) {
        SplittableRandom random = new SplittableRandom(SEED);
        int extreme = 1;
        for (int draw = 0; draw < DRAWS; draw++) {
            double sum = 0;
            for (double difference : differences) {
                sum += random.nextBoolean() ? difference : -difference;
            }
            extreme += Math.abs(sum) >= observed ? 1 : 0;
        }
        return new SignFlipPermutation((double) extreme / (DRAWS + 1), false);
    }
}
