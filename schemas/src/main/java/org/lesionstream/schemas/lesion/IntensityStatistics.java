package org.lesionstream.schemas.lesion;

/**
 * The intensities of the source over the pixels of one lesion, in the meaning of the source: grey levels, or what its rescale makes of
 * them, such as Hounsfield units. A colour picture is taken by its luma (ITU-R BT.601).
 *
 * @param mean over the pixels
 * @param min the lowest
 * @param max the highest
 * @param standardDeviation population standard deviation: sqrt(mean of squares - square of mean)
 */
public record IntensityStatistics(double mean, double min, double max, double standardDeviation) {
    public IntensityStatistics {
        if (!Double.isFinite(min) || !Double.isFinite(max) || !(min <= max)) {
            throw new IllegalArgumentException("min must be finite and at most max, were " + min + " and " + max);
        }
        double rounding = 1e-9 * Math.max(1, Math.max(Math.abs(min), Math.abs(max)));
        if (!(mean >= min - rounding && mean <= max + rounding)) {
            throw new IllegalArgumentException("mean must lie between min and max, was " + mean);
        }
        if (!(standardDeviation >= 0) || Double.isInfinite(standardDeviation)) {
            throw new IllegalArgumentException("standardDeviation must not be negative, was " + standardDeviation);
        }
    }
}
