package org.lesionstream.worker.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.worker.decode.DecodedImage;
import org.lesionstream.worker.decode.SourcePixels;
import org.lesionstream.worker.delivery.Delivery;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.inference.CheckpointCatalog;
import org.lesionstream.worker.inference.ServedCheckpoint;
import org.lesionstream.worker.persist.RegistrationRequest;
import org.lesionstream.worker.persist.ResultStore;
import org.lesionstream.worker.telemetry.WorkerMetric;
import org.lesionstream.worker.telemetry.WorkerMetrics;
import org.lesionstream.worker.tile.CutImage;
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
    private final ResultStore store;
    private final Deadlines deadlines;
    private final SourcePixels pixels;
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
        this.store = parts.store();
        this.deadlines = parts.deadlines();
        this.pixels = parts.pixels();
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
        Optional<InFlight<ImageJob>> next = next(nowNanos);
        if (next.isEmpty()) {
            return 0;
        }
        InFlight<ImageJob> job = next.get();
        try {
            InFlight<TiledImage> image = prepare(job);
            tiled.put(image.lane(), image);
        } catch (SegmentationException failure) {
            failures.failed(job, failure, clock.getAsLong());
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError fault) {
            failures.unforeseen(job, fault, role(), clock.getAsLong());
        }
        return 1;
    }

    /** Urgent before backfill, in each lane what is due again before what is new. */
    private Optional<InFlight<ImageJob>> next(long nowNanos) throws InterruptedException {
        Set<Lane> room = tiled.awaitRoom(ahead, IDLE_NANOS);
        for (Lane lane : room) {
            Optional<InFlight<ImageJob>> retry = failures.nextRetry(nowNanos, lane);
            Optional<InFlight<ImageJob>> next = retry.isPresent() ? retry : jobs.take(Set.of(lane), 0);
            if (next.isPresent()) {
                return next;
            }
        }
        return jobs.take(room, IDLE_NANOS);
    }

    private InFlight<TiledImage> prepare(InFlight<ImageJob> job) {
        deadlines.check(job.payload());
        ServedCheckpoint checkpoint = checkpointOf(job.delivery());
        long start = clock.getAsLong();
        DecodedImage decoded = pixels.prepare(job.payload().image());
        PixelGrid grid = decoded.grid().withSpacing(job.payload().pixelSpacing().or(decoded.grid()::spacing));
        long decodedAt = clock.getAsLong();
        CutImage cut = cutter.cut(grid, checkpoint.manifest().input());
        long cutAt = clock.getAsLong();
        metrics.time(WorkerMetric.STAGE_DURATION, cutAt - start, role());
        SourceImage source = new SourceImage(checkpoint, grid, decoded.sha256(), cut.plan());
        return job.after("decode", decodedAt - start, job.payload())
                .after("tile", cutAt - decodedAt, new TiledImage(source, cut.tiles()));
    }

    /**
     * The checkpoint that is pinned for the case, whatever the reference means by now. A case whose reference could not be
     * resolved when it was registered is pinned now: nothing is segmented by a checkpoint that the case does not own.
     */
    private ServedCheckpoint checkpointOf(Delivery delivery) {
        ImageJob job = delivery.job();
        Digest pinned = delivery.registration().checkpoint().orElseGet(() -> {
            Digest current = catalog.resolve(job.checkpoint()).digest();
            return store.register(List.of(new RegistrationRequest(job, Optional.of(current))))
                    .get(0)
                    .checkpoint()
                    .orElse(current);
        });
        return catalog.byDigest(job.checkpoint().name(), pinned);
    }
}
