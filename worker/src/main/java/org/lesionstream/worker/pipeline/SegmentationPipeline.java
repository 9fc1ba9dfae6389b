package org.lesionstream.worker.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.telemetry.WorkerMetric;

/**
 * The main path, from Kafka to Kafka:
 *
 * <ol>
 *   <li>intake polls jobs, validates and registers them;
 *   <li>decode fetches and decodes the image and cuts its tiles;
 *   <li>inference batches the tiles of many images and runs them through the network;
 *   <li>lesion stitches the tiles, measures the lesions and encodes the mask;
 *   <li>delivery stores the outcomes, then publishes their answers together with the offsets.
 * </ol>
 *
 * <p>A job whose network is not in memory waits for the load stage, which loads networks beside all that; a job whose deadline
 * passes is ended by the expiry stage; results of closed cases are brought to the sink, where there is one, by a stage of their own. Hand-offs are bounded and keep the lanes apart. What fails goes straight to delivery as a dead letter, or back to
 * decode for another attempt. A pipeline runs once.
 */
final class SegmentationPipeline {
    private final PipelineParts parts;
    private final Runnable onFailure;
    private volatile List<StageLoop> loops = List.of();

    /** @param onFailure told when a stage ended by itself */
    SegmentationPipeline(PipelineParts parts, Runnable onFailure) {
        this.parts = parts;
        this.onFailure = onFailure;
    }

    /** Starts every stage on its own threads; the intake last, when all that follow it are there. */
    void start() {
        PipelineParts.Sizes sizes = parts.sizes();
        Handoff<InFlight<ImageJob>> jobs = new Handoff<>(sizes.maxInFlight());
        Handoff<InFlight<CheckpointedJob>> unloaded = new Handoff<>(sizes.maxInFlight());
        Handoff<InFlight<LoadedJob>> loaded = new Handoff<>(sizes.maxInFlight());
        Handoff<InFlight<TiledImage>> tiled = new Handoff<>(sizes.maxInFlight());
        Handoff<InFlight<SegmentedImage>> segmented = new Handoff<>(sizes.maxInFlight());
        Handoff<JobOutcome> outcomes = new Handoff<>(sizes.maxInFlight());
        FailureDesk failures = new FailureDesk(parts, outcomes);

        watch("decode", jobs);
        watch("load", unloaded);
        watch("inference", tiled);
        watch("lesion", segmented);
        watch("delivery", outcomes);
        List<StageLoop> all = new ArrayList<>();
        add(all, 1, () -> new DeliveryStage(parts, outcomes));
        add(all, sizes.lesionThreads(), () -> new LesionStage(parts, segmented, outcomes, failures));
        add(all, 1, () -> new InferenceStage(parts, tiled, segmented, failures));
        add(
                all,
                sizes.decodeThreads(),
                () -> new DecodeStage(parts, jobs, unloaded, loaded, tiled, outcomes, failures));
        add(all, 1, () -> new LoadStage(parts, unloaded, loaded, failures));
        add(all, 1, () -> new ExpiryStage(parts, failures));
        add(all, 1, () -> new CatalogStage(parts));
        add(all, 1, () -> new CaseTimeoutStage(parts));
        parts.sink()
                .ifPresent(sink -> add(
                        all,
                        1,
                        () -> new SinkStage(sink, parts.metrics(), parts.clock().getAsLong())));
        add(all, 1, () -> new IntakeStage(parts, jobs, outcomes));
        all.forEach(StageLoop::start);
        loops = List.copyOf(all);
    }

    /** Ends the loops; what has not ended within the limit, all of them together, is interrupted. */
    void stop(Duration limit) throws InterruptedException {
        loops.forEach(StageLoop::stop);
        long deadline = parts.clock().getAsLong() + limit.toNanos();
        for (StageLoop loop : loops) {
            loop.join(Duration.ofNanos(deadline - parts.clock().getAsLong()));
        }
    }

    /** Every loop, from the moment when all of them run. */
    List<StageLoop> loops() {
        return loops;
    }

    private void watch(String stage, Handoff<?> before) {
        parts.metrics().gauge(WorkerMetric.HANDOFF_SIZE, before::size, stage);
    }

    private void add(List<StageLoop> all, int threads, Supplier<Stage> stage) {
        for (int i = 0; i < threads; i++) {
            all.add(new StageLoop(stage.get(), i, parts.clock(), onFailure));
        }
    }
}
