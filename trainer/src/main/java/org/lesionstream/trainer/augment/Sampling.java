package org.lesionstream.trainer.augment;

/**
 * How a moved picture takes its values. Masks take the nearest pixel whatever is said here, and share the border.
 *
 * @param nearest whether the image takes the nearest pixel too, in place of interpolating
 * @param mirrored whether the picture goes on beyond its border as its mirror image, about the centre of the border pixel as the worker's tiles do; otherwise there is zero and background
 */
public record Sampling(boolean nearest, boolean mirrored) {

    /** Interpolates, and mirrors at the border. */
    public static final Sampling USUAL = new Sampling(false, true);
}
