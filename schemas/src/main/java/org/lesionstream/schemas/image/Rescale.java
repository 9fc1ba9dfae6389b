package org.lesionstream.schemas.image;

/**
 * What a stored sample means: {@code meaning = slope * stored + intercept}.
 *
 * <p>A 16-bit PNG holds 0 to 65535 and is stored as -32768 to 32767 with {@link #UNSIGNED_16}; a CT stored as Hounsfield units carries
 * {@link #NONE}.
 */
public record Rescale(double slope, double intercept) {

    /** Stored samples are the meaning. */
    public static final Rescale NONE = new Rescale(1, 0);

    /** Unsigned 16-bit values, stored 32768 lower so that they fit a signed sample. */
    public static final Rescale UNSIGNED_16 = new Rescale(1, 32768);

    public Rescale {
        if (!(slope != 0) || Double.isInfinite(slope) || Double.isNaN(slope)) {
            throw new IllegalArgumentException("slope must be finite and not 0, was " + slope);
        }
        if (Double.isInfinite(intercept) || Double.isNaN(intercept)) {
            throw new IllegalArgumentException("intercept must be finite, was " + intercept);
        }
    }

    public double meaning(int stored) {
        return slope * stored + intercept;
    }
}
