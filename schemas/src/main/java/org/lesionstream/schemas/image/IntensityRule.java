package org.lesionstream.schemas.image;

/**
 * An image-wide linear map of the samples, applied before the cut, so that every tile of a picture is treated alike.
 *
 * <p>Fixed means, deviations and windows of a network live in its graph; here is only what must see the whole picture or change the sample type.
 */
public sealed interface IntensityRule {

    /**
     * Samples as they are. Where the type changes, what the source is shown by ({@link PixelGrid#window}) becomes the full range of the target, else
     * the full range of one becomes the full range of the other (16 bit to 8 by 1/257).
     */
    record Identity() implements IntensityRule {}

    /**
     * Meanings from {@code low} to {@code high} become the full range of the target, what lies outside is clipped.
     *
     * @param low in the units of the picture ({@link Rescale#meaning}), such as Hounsfield units
     */
    record Window(double low, double high) implements IntensityRule {

        public Window {
            if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
                throw new IllegalArgumentException(
                        "low must be below high and both finite, were " + low + " and " + high);
            }
        }
    }

    /**
     * The {@code low}-th percentile of all samples of the picture becomes the lowest, the {@code high}-th the highest value of the target.
     * Percentile by nearest rank: the smallest value that at least that share of the samples does not exceed. Channels share one map, so colours keep
     * their balance. A picture of one value becomes all lowest.
     *
     * @param low from 0 up, below {@code high}
     * @param high at most 100
     */
    record Percentiles(double low, double high) implements IntensityRule {

        public Percentiles {
            if (!(0 <= low && low < high && high <= 100)) {
                throw new IllegalArgumentException(
                        "percentiles must satisfy 0 <= low < high <= 100, were " + low + " and " + high);
            }
        }
    }

    /** Whether what becomes of a sample depends on that sample alone. */
    default boolean pointwise() {
        return !(this instanceof Percentiles);
    }

    /** The picture with this rule applied, in samples of {@code target}. The source is left as it is. */
    default PixelGrid apply(PixelGrid source, SampleType target) {
        return Intensities.apply(this, source, target);
    }
}
