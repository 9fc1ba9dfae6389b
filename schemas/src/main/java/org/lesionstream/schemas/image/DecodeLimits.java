package org.lesionstream.schemas.image;

/**
 * What a decoder may be asked to do; checked before any pixel is decoded.
 *
 * @param maxBytes encoded bytes of one picture
 * @param maxPixels height * width of one picture
 * @param maxScans scans of one JPEG: a few kilobytes of progressive scans can cost ten seconds of decoding
 */
public record DecodeLimits(long maxBytes, long maxPixels, int maxScans) {

    /** 256 MiB, 50 megapixels, 64 scans: above every clinical picture that we met, below what hurts a worker. */
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
