package org.lesionstream.schemas.image;

import java.time.Duration;

/**
 * What a decoder may be asked to do. All but the time is checked before any pixel is decoded.
 *
 * @param maxBytes encoded bytes of one picture
 * @param maxPixels height * width of one picture
 * @param maxScans scans of one JPEG: a few kilobytes of progressive scans can cost ten seconds of decoding
 * @param maxTime of decoding one picture, for what the other limits let through
 */
public record DecodeLimits(long maxBytes, long maxPixels, int maxScans, Duration maxTime) {

    private static final Duration DEFAULT_TIME = Duration.ofSeconds(30);

    /** 256 MiB, 50 megapixels, 64 scans, 30 seconds: above every clinical picture that we met, below what hurts a worker. */
    public static final DecodeLimits DEFAULT = new DecodeLimits(256L << 20, 50_000_000, 64);

    public DecodeLimits {
        if (maxBytes <= 0) {
            throw new IllegalArgumentException("maxBytes must be positive, was " + maxBytes);
        }
        if (maxPixels <= 0 || maxPixels > Integer.MAX_VALUE / 6) { // 16-bit colour must fit one array
            throw new IllegalArgumentException(
                    "maxPixels must be 1 to " + Integer.MAX_VALUE / 6 + ", was " + maxPixels);
        }
        Checks.positive("maxScans", maxScans);
        if (maxTime.isNegative() || maxTime.isZero()) {
            throw new IllegalArgumentException("maxTime must be positive, was " + maxTime);
        }
    }

    /** With the time of {@link #DEFAULT}. */
    public DecodeLimits(long maxBytes, long maxPixels, int maxScans) {
        this(maxBytes, maxPixels, maxScans, DEFAULT_TIME);
    }

    /** The same with another time. */
    public DecodeLimits withMaxTime(Duration time) {
        return new DecodeLimits(maxBytes, maxPixels, maxScans, time);
    }

    /** Begins the time of one picture. */
    public DecodeTimer startTimer() {
        return new DecodeTimer(maxTime);
    }

    /**
     * Refuses a picture of more pixels than allowed, or of none.
     *
     * @throws ImageRefusedException if it is refused
     */
    public void checkPixels(long width, long height) {
        if (width <= 0 || height <= 0) {
            throw FileBytes.damaged("size " + width + "x" + height);
        }
        if (height > maxPixels / width) { // no product, which could overflow
            throw new ImageRefusedException(
                    ImageRefusedException.Reason.TOO_MANY_PIXELS, width + "x" + height + " of " + maxPixels);
        }
    }
}
