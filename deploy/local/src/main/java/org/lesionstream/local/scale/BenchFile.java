package org.lesionstream.local.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.lesionstream.local.scale.model.ServiceTimes;

/**
 * Service times from what {@code deploy/bench --json} has written.
 *
 * <p>The rate is that of the whole worker under a backlog, so that whatever holds it up counts, not the network alone. The time that a batch takes whatever
 * its size follows from the idle worker, whose batches are smaller, if images fit into less than one batch; else there is none.
 */
final class BenchFile {

    private static final double MILLIS = 1000;

    private BenchFile() {}

    /**
     * Reads the medians.
     *
     * @throws IllegalArgumentException when the file is no bench's, or one whose worker published no answers
     */
    static ServiceTimes read(Path file) throws IOException {
        JsonNode medians = new ObjectMapper().readTree(file.toFile()).path("medians");
        double tilesPerImage = number(medians, "tiles_per_image", file);
        double tilesPerSecond = number(medians, "tiles_per_second", file);
        double batchTiles = number(medians, "batch_tiles", file);
        double batchSeconds = batchTiles / tilesPerSecond;
        double forwards = (medians.path("idle_work_ms").asDouble(Double.NaN) / MILLIS)
                - medians.path("decode_busy_seconds").asDouble(0)
                        / medians.path("jobs").asDouble(1);
        double ofBatch = tilesPerImage < batchTiles && !Double.isNaN(forwards)
                ? fixedPart(batchSeconds, batchTiles, forwards, tilesPerImage)
                : 0;
        double ofTile = (batchSeconds - ofBatch) / batchTiles;
        double alone = ofBatch + Math.ceil(tilesPerImage) * ofTile;
        double other = medians.path("idle_mean_ms").asDouble(Double.NaN) / MILLIS - alone;
        return new ServiceTimes(
                Math.max(1, tilesPerImage),
                (int) Math.max(1, Math.round(batchTiles)),
                ofBatch,
                ofTile,
                Double.isNaN(other) ? delivery(medians) : Math.max(0, other));
    }

    /** Where a straight line through two batches begins; at least at nothing, at most at the smaller one. */
    private static double fixedPart(double large, double largeTiles, double small, double smallTiles) {
        double perTile = (large - small) / (largeTiles - smallTiles);
        return Math.max(0, Math.min(small, large - perTile * largeTiles));
    }

    private static double delivery(JsonNode medians) {
        return (medians.path("persist_ms").asDouble(0)
                        + medians.path("publish_ms").asDouble(0))
                / MILLIS;
    }

    private static double number(JsonNode medians, String key, Path file) {
        double value = medians.path(key).asDouble(Double.NaN);
        if (!(value > 0)) {
            throw new IllegalArgumentException(
                    file + " has no " + key + "; write it with deploy/bench --json, without --without");
        }
        return value;
    }
}
