package org.lesionstream.worker.pipeline;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.worker.decode.DecodedImage;
import org.lesionstream.worker.decode.ImagePreparer;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.inference.CheckpointCatalog;
import org.lesionstream.worker.inference.ServedCheckpoint;
import org.lesionstream.worker.telemetry.WorkerMetric;
import org.lesionstream.worker.telemetry.WorkerMetrics;
import org.lesionstream.worker.tile.TileCutter;

/**
 * From a job to the tiles of its image: fetch, decode, cut.
 *
 * <p>Several loops may share the hand-offs, each with a stage of its own. A lane whose decoded images pile up before
 * inference is left alone until there is room, so memory stays bounded.
 */
final class DecodeStage implements Stage {
    private static final long IDLE_NANOS = Duration.ofMillis(50).toNanos();

    private final Handoff<InFlight<ImageJob>> jobs;
    private final Handoff<InFlight<TiledImage>> tiled;
    private final FailureDesk failures;
    private final CheckpointCatalog catalog;
    private final ImagePreparer preparer;
    private final TileCutter cutter;
    private final int ahead;
    private final WorkerMetrics metrics;
    private final LongSupplier clock;

    DecodeStage(
            PipelineParts parts,
            Handoff<InFlight<ImageJob>> jobs,
            Handoff<InFlight<TiledImage>> tiled,
            FailureDesk failures) {
        this.jobs = jobs;
        this.tiled = tiled;
        this.failures = failures;
        this.catalog = parts.catalog();
        this.preparer = parts.preparer();
        this.cutter = parts.cutter();
        this.ahead = parts.sizes().decodeAhead();
        this.metrics = parts.metrics();
        this.clock = parts.clock();
    }

    @Override
    public String role() {
        return "decode";
    }

    @Override
    public int work(long nowNanos) throws InterruptedException {
        Set<Lane> room = tiled.awaitRoom(ahead, IDLE_NANOS);
        Optional<InFlight<ImageJob>> retry = failures.nextRetry(nowNanos, room);
        Optional<InFlight<ImageJob>> next = retry.isPresent() ? retry : jobs.take(room, IDLE_NANOS);
        if (next.isEmpty()) {
            return 0;
        }
        InFlight<ImageJob> job = next.get();
        try {
            InFlight<TiledImage> image = prepare(job);
            tiled.put(image.lane(), image);
        } catch (SegmentationException failure) {
            failures.failed(job, failure, clock.getAsLong());
        } catch (RuntimeException fault) {
            failures.unforeseen(job, fault, role(), clock.getAsLong());
        }
        return 1;
    }

    private InFlight<TiledImage> prepare(InFlight<ImageJob> job) {
        ServedCheckpoint checkpoint = checkpointOf(job);
        long start = clock.getAsLong();
        DecodedImage decoded = preparer.prepare(job.payload().image());
        PixelGrid grid = decoded.grid().withSpacing(job.payload().pixelSpacing().or(decoded.grid()::spacing));
        long decodedAt = clock.getAsLong();
        TiledImage tiles = new TiledImage(
                checkpoint,
                grid.width(),
                grid.height(),
                decoded.sha256(),
                cutter.cut(grid, checkpoint.manifest().input()));
        long cutAt = clock.getAsLong();
        metrics.time(WorkerMetric.STAGE_DURATION, cutAt - start, role());
        return job.after("decode", decodedAt - start, job.payload()).after("tile", cutAt - decodedAt, tiles);
    }

    /** The checkpoint that is pinned for the case, whatever the reference means by now. */
    private ServedCheckpoint checkpointOf(InFlight<ImageJob> job) {
        return job.delivery()
                .registration()
                .checkpoint()
                .map(pinned -> catalog.byDigest(job.payload().checkpoint().name(), pinned))
                .orElseGet(() -> catalog.resolve(job.payload().checkpoint()));
    }
}
