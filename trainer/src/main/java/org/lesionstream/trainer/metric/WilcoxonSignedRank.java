package org.lesionstream.trainer.metric;

import java.util.Arrays;

/**
 * Whether paired differences are centred on 0, by the ranks of their sizes (Wilcoxon, "Individual comparisons by ranking methods", 1945), two-sided.
 *
 * <ul>
 *   <li>Differences of 0 are dropped, as Wilcoxon did; {@code zeros} says how many.
 *   <li>Equal sizes share the mean of their ranks.
 *   <li>Up to 25 differences the chance is exact: over all signs that these ranks could have had, ties included. Above it is the normal approximation with the
 *       variance lessened for ties and without continuity correction.
 * </ul>
 *
 * @param differences other than 0
 * @param zeros dropped
 * @param positive sum of the ranks of positive differences
 * @param negative sum of the ranks of negative ones
 * @param chance of sums at least as unequal if there were no difference (p value); 1 when nothing is left to compare
 */
public record WilcoxonSignedRank(int differences, int zeros, double positive, double negative, double chance) {

    private static final int EXACT = 25;

    /** Tests paired differences. */
    public static WilcoxonSignedRank of(double... all) {
        double[] differences =
                Arrays.stream(all).filter(difference -> difference != 0).toArray();
        int count = differences.length;
        double[] sizes = Arrays.stream(differences).map(Math::abs).sorted().toArray();
        double positive = 0;
        for (double difference : differences) {
            if (difference > 0) {
                positive += rank(sizes, Math.abs(difference));
            }
        }
        double negative = count * (count + 1) / 2.0 - positive;
        double chance = count == 0 ? 1 : count <= EXACT ? exact(sizes, positive) : approximate(sizes, positive);
        return new WilcoxonSignedRank(count, all.length - count, positive, negative, chance);
    }

    /** The mean of the ranks, counted from 1, that this size has among the sorted ones. */
    private static double rank(double[] sizes, double size) {
        int before = Arrays.binarySearch(sizes, size);
        int after = before;
        while (before > 0 && sizes[before - 1] == size) {
            before--;
        }
        while (after < sizes.length && sizes[after] == size) {
            after++;
        }
        return (before + 1 + after) / 2.0;
    }

    /** Counts for every sum how many of the 2^n choices of signs reach it; ranks are doubled to be whole. */
    private static double exact(double[] sizes, double positive) {
        int most = sizes.length * (sizes.length + 1);
        double[] ways = new double[most + 1];
        ways[0] = 1;
        for (double size : sizes) {
            int rank = (int) Math.round(2 * rank(sizes, size));
            for (int sum = most; sum >= rank; sum--) {
                ways[sum] += ways[sum - rank];
            }
        }
        int reached = (int) Math.round(2 * positive);
        int least = Math.min(reached, most - reached);
        double tail = 0;
        for (int sum = 0; sum <= least; sum++) {
            tail += ways[sum];
        }
        return Math.min(1, 2 * tail / Math.pow(2, sizes.length));
    }

    private static double approximate(double[] sizes, double positive) {
        double count = sizes.length;
        double variance = count * (count + 1) * (2 * count + 1) / 24;
        for (int start = 0; start < sizes.length; ) {
            int end = start;
            while (end < sizes.length && sizes[end] == sizes[start]) {
                end++;
            }
            double tied = end - start;
            variance -= (tied * tied * tied - tied) / 48;
            start = end;
        }
        return NormalTail.twoSided((positive - count * (count + 1) / 4) / Math.sqrt(variance));
    }
}
