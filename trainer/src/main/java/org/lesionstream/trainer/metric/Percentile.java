package org.lesionstream.trainer.metric;

/**
 * The value below which a share of numbers lies, interpolated between its two neighbours in rank: of n sorted numbers the share q stands at rank {@code q (n -
 * 1)}, counted from 0. Type 7 of Hyndman and Fan, "Sample quantiles in statistical packages" (1996), which NumPy and R use unless told otherwise.
 */
final class Percentile {
    private Percentile() {}

    /**
     * Reads one value.
     *
     * @param sorted ascending, at least one
     * @param percent 0 to 100
     */
    static double of(double[] sorted, double percent) {
        if (sorted.length == 0) {
            throw new IllegalArgumentException("sorted must not be empty");
        }
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("percent must be from 0 to 100, was " + percent);
        }
        double rank = percent / 100 * (sorted.length - 1);
        int below = (int) Math.floor(rank);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }
}
