package org.lesionstream.worker.pipeline;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.lesionstream.worker.inference.CheckpointCatalog;
import org.lesionstream.worker.inference.Network;
import org.lesionstream.worker.inference.Segmenter;
import org.lesionstream.worker.inference.ServedCheckpoint;
import org.lesionstream.worker.inference.TileInput;
import org.lesionstream.worker.telemetry.WorkerMetric;
import org.lesionstream.worker.telemetry.WorkerMetrics;

/**
 * The limit that the whole worker is measured against: the network alone, in this process, with full batches in a closed loop.
 *
 * <p>Same file, engine threads and largest batch as in service; no decoding, no Kafka, no database beside it. The tiles are
 * noise from a fixed seed. For measurements only.
 */
final class BareLoop {
    private static final Logger LOG = Logger.getLogger(BareLoop.class);

    private final CheckpointCatalog catalog;
    private final Duration time;
    private final LongSupplier clock;
    private final WorkerMetrics metrics;

    /**
     * @param time least time of the loop; the run that passes it is the last
     * @param clock monotonic nanoseconds
     */
    BareLoop(CheckpointCatalog catalog, Duration time, LongSupplier clock, WorkerMetrics metrics) {
        this.catalog = catalog;
        this.time = time;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Runs the loop, then publishes its rate. */
    void run(ServedCheckpoint checkpoint) {
        byte[] noise = new byte[checkpoint.manifest().input().tileBytes()];
        new Random(1).nextBytes(noise);
        Network network = catalog.loaded(checkpoint.digest()).orElseThrow();
        int batchSize = network.batchTimes().lastKey();
        double rate = tilesPerSecond(network.segmenter(), Collections.nCopies(batchSize, TileInput.of(noise)));
        network.close();
        LOG.infof("Bare loop of batches of %d for %s: %.2f tiles per second", batchSize, time, rate);
        metrics.gauge(WorkerMetric.BARE_LOOP_RATE, () -> rate);
    }

    private double tilesPerSecond(Segmenter segmenter, List<TileInput> tiles) {
        long start = clock.getAsLong();
        long tilesDone = 0;
        long elapsed;
        do {
            segmenter.segment(tiles, tiles.size());
            tilesDone += tiles.size();
            elapsed = clock.getAsLong() - start;
        } while (elapsed < time.toNanos());
        return tilesDone * 1e9 / elapsed;
    }
}
