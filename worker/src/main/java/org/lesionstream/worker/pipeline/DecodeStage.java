package org.lesionstream.worker.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.IntensityWindow;
import org.lesionstream.worker.decode.DecodedImage;
import org.lesionstream.worker.decode.ManyImages;
import org.lesionstream.worker.decode.SourceContent;
import org.lesionstream.worker.decode.SourcePixels;
import org.lesionstream.worker.delivery.Delivery;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.inference.CheckpointCatalog;
import org.lesionstream.worker.inference.Network;
import org.lesionstream.worker.inference.ServedCheckpoint;
import org.lesionstream.worker.persist.RegistrationRequest;
import org.lesionstream.worker.persist.ResultStore;
import org.lesionstream.worker.telemetry.JobTraces;
import org.lesionstream.worker.telemetry.WorkerMetric;
import org.lesionstream.worker.telemetry.WorkerMetrics;
import org.lesionstream.worker.tile.CutImage;
import org.lesionstream.worker.tile.TileCutter;

/**
 * From a job to the tiles of its image: fetch, decode, cut. A job whose source holds many images ends here, and goes on as one job for each.
 *
 * <p>Several loops may share the hand-offs, each with a stage of its own. A lane whose decoded images pile up before
 * inference is left alone until there is room, so memory stays bounded.
 */
final class DecodeStage implements Stage {
    private static final long IDLE_NANOS = Duration.ofMillis(50).toNanos();

    private final Handoff<InFlight<ImageJob>> jobs;
    private final Handoff<InFlight<CheckpointedJob>> unloaded;
    private final Handoff<InFlight<LoadedJob>> loaded;
    private final Handoff<InFlight<TiledImage>> tiled;
    private final Handoff<JobOutcome> outcomes;
    private final FailureDesk failures;
    private final CheckpointCatalog catalog;
    private final ResultStore store;
    private final Deadlines deadlines;
    private final SourcePixels pixels;
    private final TileCutter cutter;
    private final int ahead;
    private final WorkerMetrics metrics;
    private final JobTraces traces;
    private final LongSupplier clock;

    DecodeStage(
            PipelineParts parts,
            Handoff<InFlight<ImageJob>> jobs,
            Handoff<InFlight<CheckpointedJob>> unloaded,
            Handoff<InFlight<LoadedJob>> loaded,
            Handoff<InFlight<TiledImage>> tiled,
            Handoff<JobOutcome> outcomes,
            FailureDesk failures) {
        this.jobs = jobs;
        this.unloaded = unloaded;
        this.loaded = loaded;
        this.tiled = tiled;
        this.outcomes = outcomes;
        this.failures = failures;
        this.catalog = parts.catalog();
        this.store = parts.store();
        this.deadlines = parts.deadlines();
        this.pixels = parts.pixels();
        this.cutter = parts.cutter();
        this.ahead = parts.sizes().decodeAhead();
        this.metrics = parts.metrics();
        this.traces = parts.traces();
        this.clock = parts.clock();
    }

    @Override
    public String role() {
        return "decode";
    }

    @Override
    public int work(long nowNanos) throws InterruptedException {
        Set<Lane> room = tiled.awaitRoom(ahead, IDLE_NANOS);
        Optional<InFlight<LoadedJob>> ready = loaded.take(room, 0);
        if (ready.isPresent()) {
            decode(ready.get());
            return 1;
        }
        Optional<InFlight<ImageJob>> next = next(room, nowNanos);
        next.ifPresent(this::begin);
        return next.isPresent() ? 1 : 0;
    }

    /** Urgent before backfill, in each lane what is due again before what is new. */
    private Optional<InFlight<ImageJob>> next(Set<Lane> room, long nowNanos) throws InterruptedException {
        for (Lane lane : room) {
            Optional<InFlight<ImageJob>> retry = failures.nextRetry(nowNanos, lane);
            Optional<InFlight<ImageJob>> next = retry.isPresent() ? retry : jobs.take(Set.of(lane), 0);
            if (next.isPresent()) {
                return next;
            }
        }
        return jobs.take(room, IDLE_NANOS);
    }

    /** Decodes where the network is in memory; other jobs take the way round, so that nobody waits for their network. */
    private void begin(InFlight<ImageJob> job) {
        if (job.claim().ended()) {
            return;
        }
        try {
            deadlines.check(job.payload());
            CheckpointedJob known = new CheckpointedJob(job.payload(), checkpointOf(job.delivery()));
            Optional<Network> network = catalog.loaded(known.checkpoint().digest());
            if (network.isPresent()) {
                decode(job.with(known.with(network.get())));
            } else {
                unloaded.put(job.lane(), job.with(known));
            }
        } catch (SegmentationException failure) {
            failures.failed(job, failure, clock.getAsLong());
        } catch (RuntimeException fault) {
            failures.unforeseen(job, fault, role(), clock.getAsLong());
        }
    }

    private void decode(InFlight<LoadedJob> job) {
        Network network = job.payload().network();
        if (job.claim().ended()) {
            network.close();
            return;
        }
        try {
            prepare(job);
        } catch (SegmentationException failure) {
            network.close();
            failures.failed(job, failure, clock.getAsLong());
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError fault) {
            network.close();
            failures.unforeseen(job, fault, role(), clock.getAsLong());
        }
    }

    private void prepare(InFlight<LoadedJob> job) {
        deadlines.check(job.delivery().job());
        long start = clock.getAsLong();
        SourceContent content = pixels.prepare(job.delivery().job().image());
        if (content instanceof DecodedImage image) {
            InFlight<TiledImage> cut = cut(job, image, start);
            tiled.put(cut.lane(), cut);
        } else if (content instanceof ManyImages images) {
            JobOutcome expanded = Expansion.of(job.delivery(), images);
            job.payload().network().close();
            if (job.claim().end()) {
                outcomes.put(job.lane(), expanded);
            }
        }
    }

    private InFlight<TiledImage> cut(InFlight<LoadedJob> loadedJob, DecodedImage decoded, long start) {
        ImageJob job = loadedJob.payload().job().job();
        ServedCheckpoint checkpoint = loadedJob.payload().job().checkpoint();
        PixelGrid file = decoded.grid();
        PixelGrid grid = file.withSpacing(job.pixelSpacing().or(file::spacing))
                .withWindow(job.window().map(IntensityWindow::rule).or(file::window));
        long decodedAt = clock.getAsLong();
        CutImage cut = cutter.cut(grid, checkpoint.manifest().input());
        long cutAt = clock.getAsLong();
        metrics.time(WorkerMetric.STAGE_DURATION, cutAt - start, role());
        traces.stage(loadedJob.delivery().envelope(), role(), start, cutAt);
        SourceImage source = new SourceImage(checkpoint, grid, decoded.sha256(), cut.plan());
        TiledImage image = new TiledImage(source, cut, loadedJob.payload().network(), cutAt);
        return loadedJob.after("decode", decodedAt - start, job).after("tile", cutAt - decodedAt, image);
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
