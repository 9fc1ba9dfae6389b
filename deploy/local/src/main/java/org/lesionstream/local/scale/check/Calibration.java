package org.lesionstream.local.scale.check;

import java.util.Locale;
import org.lesionstream.local.scale.model.ServiceTimes;

/**
 * What one real worker is like, measured before the backlog: all that the model is told.
 *
 * <p>On shared cores a worker is not as fast beside others as alone. The processor time of a job stays the same, so many workers together want {@code
 * workers * busyCores}, and what else runs on the machine wants what it had. The kernel divides fairly: where all want more than there is, everything
 * takes longer by the quotient.
 *
 * @param startSeconds from its start to ready
 * @param imagesPerSecond under a backlog
 * @param tilesPerImage mean
 * @param batchTiles mean
 * @param idleSeconds from job to answer when there is nothing else to do; mean
 * @param busyCores processor time per second under the backlog, of worker, broker, database and the check itself
 * @param otherCores the same of everything else on the machine
 * @param cores that there are
 */
record Calibration(
        double startSeconds,
        double imagesPerSecond,
        double tilesPerImage,
        double batchTiles,
        double idleSeconds,
        double busyCores,
        double otherCores,
        int cores) {

    Calibration {
        positive("imagesPerSecond", imagesPerSecond);
        positive("tilesPerImage", tilesPerImage);
        positive("batchTiles", batchTiles);
        positive("busyCores", busyCores);
        if (!(otherCores >= 0)) {
            throw new IllegalArgumentException("otherCores must not be negative, was " + otherCores);
        }
        if (cores < 1) {
            throw new IllegalArgumentException("cores must be positive, was " + cores);
        }
        if (!(startSeconds >= 0 && idleSeconds >= 0)) {
            throw new IllegalArgumentException(
                    "startSeconds and idleSeconds must not be negative, were " + startSeconds + " and " + idleSeconds);
        }
    }

    /** How long a worker takes when there are so many. */
    ServiceTimes times(int workers) {
        double tileSeconds = 1 / (imagesPerSecond * tilesPerImage);
        double device = Math.ceil(tilesPerImage) * tileSeconds;
        ServiceTimes alone = new ServiceTimes(
                Math.max(1, tilesPerImage),
                (int) Math.max(1, Math.round(batchTiles)),
                0,
                tileSeconds,
                Math.max(0, idleSeconds - device));
        return alone.faster(1 / slowdown(workers));
    }

    /** How many times as long everything takes when so many work or start. */
    double slowdown(int workers) {
        return Math.max(1, (workers * busyCores + otherCores) / cores);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.1f images/s of %.1f tiles in batches of %.1f, %.0f ms for one job, a start of %.1f s, %.1f cores busy and %.1f for others, of %d",
                imagesPerSecond,
                tilesPerImage,
                batchTiles,
                idleSeconds * 1000,
                startSeconds,
                busyCores,
                otherCores,
                cores);
    }

    private static void positive(String name, double value) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(name + " must be positive, was " + value);
        }
    }
}
