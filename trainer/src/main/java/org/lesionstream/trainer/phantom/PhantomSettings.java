package org.lesionstream.trainer.phantom;

/**
 * What phantoms to make.
 *
 * @param count pictures in all, slices counted one by one
 * @param seed equal settings give equal pictures
 * @param size rows and columns of every picture, 32 or more
 * @param channels 1 grey, 3 colour
 * @param validationFraction share of the cases that go to validation, 0 to below 1
 */
public record PhantomSettings(int count, long seed, int size, int channels, double validationFraction) {

    public PhantomSettings {
        if (count < 1) {
            throw new IllegalArgumentException("count must be positive, was " + count);
        }
        if (size < 32 || size > 4096) {
            throw new IllegalArgumentException("size must be 32 to 4096, was " + size);
        }
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("channels must be 1 or 3, was " + channels);
        }
        if (!(validationFraction >= 0 && validationFraction < 1)) {
            throw new IllegalArgumentException(
                    "validationFraction must be from 0 to below 1, was " + validationFraction);
        }
    }
}
