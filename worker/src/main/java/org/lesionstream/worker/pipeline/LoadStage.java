package org.lesionstream.worker.pipeline;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.inference.CheckpointCatalog;
import org.lesionstream.worker.inference.Network;
import org.lesionstream.worker.telemetry.JobTraces;
import org.lesionstream.worker.telemetry.WorkerMetric;
import org.lesionstream.worker.telemetry.WorkerMetrics;

/**
 * Loads and warms the networks of jobs that found theirs not in memory, beside the running inference, so that only these jobs
 * wait. Their networks stay loaded until the last tile is done.
 */
final class LoadStage implements Stage {
    /** Longer than any network takes to load and to warm up. */
    static final Duration LOADING = Duration.ofMinutes(5);

    private static final long IDLE_NANOS = Duration.ofMillis(50).toNanos();

    private final Handoff<InFlight<CheckpointedJob>> unloaded;
    private final Handoff<InFlight<LoadedJob>> loaded;
    private final FailureDesk failures;
    private final CheckpointCatalog catalog;
    private final WorkerMetrics metrics;
    private final JobTraces traces;
    private final LongSupplier clock;

    LoadStage(
            PipelineParts parts,
            Handoff<InFlight<CheckpointedJob>> unloaded,
            Handoff<InFlight<LoadedJob>> loaded,
            FailureDesk failures) {
        this.unloaded = unloaded;
        this.loaded = loaded;
        this.failures = failures;
        this.catalog = parts.catalog();
        this.metrics = parts.metrics();
        this.traces = parts.traces();
        this.clock = parts.clock();
    }

    @Override
    public String role() {
        return "load";
    }

    @Override
    public Duration longestTurn() {
        return LOADING;
    }

    @Override
    public int work(long nowNanos) throws InterruptedException {
        Optional<InFlight<CheckpointedJob>> next = unloaded.take(IDLE_NANOS);
        if (next.isEmpty()) {
            return 0;
        }
        InFlight<CheckpointedJob> job = next.get();
        if (job.claim().ended()) {
            return 1;
        }
        long start = clock.getAsLong();
        try {
            Network network = catalog.load(job.payload().checkpoint().digest());
            long end = clock.getAsLong();
            metrics.time(WorkerMetric.STAGE_DURATION, end - start, role());
            traces.stage(job.delivery().envelope(), role(), start, end);
            loaded.put(job.lane(), job.after(role(), end - start, job.payload().with(network)));
        } catch (SegmentationException failure) {
            failures.failed(job, failure, clock.getAsLong());
        } catch (RuntimeException | OutOfMemoryError fault) {
            failures.unforeseen(job, fault, role(), clock.getAsLong());
        }
        return 1;
    }
}
