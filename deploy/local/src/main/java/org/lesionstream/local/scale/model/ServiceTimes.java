package org.lesionstream.local.scale.model;

/**
 * How fast one worker is.
 *
 * <p>A batch takes a time of its own and a time for each of its tiles. Whatever else is done for an image runs beside the device, so that it costs the
 * image time and the worker none: the rate of the whole worker, not that of its network, is what {@code tileSeconds} must be made of.
 *
 * @param tilesPerImage mean
 * @param batchTiles tiles of a full batch
 * @param batchSeconds what a batch takes beside its tiles
 * @param tileSeconds what each tile adds
 * @param otherSeconds of an image before and after the device: fetch, decode, store, publish
 */
public record ServiceTimes(
        double tilesPerImage, int batchTiles, double batchSeconds, double tileSeconds, double otherSeconds) {

    /** Backfill may lengthen an urgent batch by a quarter, as in the worker. */
    private static final double FILLING = 1.25;

    public ServiceTimes {
        if (!(tilesPerImage >= 1 && Double.isFinite(tilesPerImage))) {
            throw new IllegalArgumentException("tilesPerImage must be at least 1, was " + tilesPerImage);
        }
        if (batchTiles < 1) {
            throw new IllegalArgumentException("batchTiles must be positive, was " + batchTiles);
        }
        if (!(batchSeconds >= 0 && Double.isFinite(batchSeconds))) {
            throw new IllegalArgumentException("batchSeconds must not be negative, was " + batchSeconds);
        }
        if (!(tileSeconds > 0 && Double.isFinite(tileSeconds))) {
            throw new IllegalArgumentException("tileSeconds must be positive, was " + tileSeconds);
        }
        if (!(otherSeconds >= 0 && Double.isFinite(otherSeconds))) {
            throw new IllegalArgumentException("otherSeconds must not be negative, was " + otherSeconds);
        }
    }

    /**
     * {@code deploy/bench --jobs 60} on two cores of an AMD EPYC with {@code avx512_bf16}, no GPU: a U-Net with 32 to 512 channels in bf16 on 256 x 256
     * tiles, phantoms of 256 to 1024 pixels with 7.1 tiles on average; 12.7 tiles a second in batches of four, and an idle worker takes 1.05 times as
     * long as its decode and forwards.
     */
    public static ServiceTimes measured() {
        return new ServiceTimes(7.1, 4, 0, 1 / 12.7, 0.1);
    }

    /** A worker that is so many times as fast in everything. */
    public ServiceTimes faster(double factor) {
        if (!(factor > 0 && Double.isFinite(factor))) {
            throw new IllegalArgumentException("factor must be positive, was " + factor);
        }
        return new ServiceTimes(
                tilesPerImage, batchTiles, batchSeconds / factor, tileSeconds / factor, otherSeconds / factor);
    }

    /** What a worker does that never waits for work. */
    public double imagesPerSecond() {
        return batchTiles / seconds(batchTiles) / tilesPerImage;
    }

    /** Time of a batch. */
    double seconds(int tiles) {
        return batchSeconds + tiles * tileSeconds;
    }

    /** How many tiles go into one batch when so many of them are urgent. */
    int batchWith(int urgentTiles) {
        if (urgentTiles == 0 || urgentTiles >= batchTiles) {
            return batchTiles;
        }
        int longer = (int) ((FILLING * seconds(urgentTiles) - batchSeconds) / tileSeconds + 1e-9);
        return Math.min(batchTiles, Math.max(urgentTiles, longer));
    }
}
