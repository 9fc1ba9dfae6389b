package org.lesionstream.trainer.metric;

/**
 * A mean over images with how sure it is.
 *
 * @param mean over the images that have a value
 * @param low lower end of its 95 % interval
 * @param high upper end
 * @param images how many have a value
 */
public record Estimate(double mean, double low, double high, int images) {

    public Estimate {
        if (!(low <= high)) {
            throw new IllegalArgumentException("low must not be above high, were " + low + " and " + high);
        }
        if (images < 1) {
            throw new IllegalArgumentException("images must be positive, was " + images);
        }
    }
}
