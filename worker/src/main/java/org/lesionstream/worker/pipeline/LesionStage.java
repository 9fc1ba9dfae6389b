package org.lesionstream.worker.pipeline;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.lesion.LesionReport;
import org.lesionstream.worker.lesion.ReportMaker;
import org.lesionstream.worker.telemetry.JobTraces;
import org.lesionstream.worker.telemetry.WorkerMetric;
import org.lesionstream.worker.telemetry.WorkerMetrics;

/** From network outputs to the outcome of a job: stitch, measure, encode the mask, assemble the result. */
final class LesionStage implements Stage {
    private static final long IDLE_NANOS = Duration.ofMillis(50).toNanos();

    private final Handoff<InFlight<SegmentedImage>> segmented;
    private final Handoff<JobOutcome> outcomes;
    private final FailureDesk failures;
    private final ReportMaker reports;
    private final Outcomes outcomeMaker;
    private final WorkerMetrics metrics;
    private final JobTraces traces;
    private final LongSupplier clock;

    LesionStage(
            PipelineParts parts,
            Handoff<InFlight<SegmentedImage>> segmented,
            Handoff<JobOutcome> outcomes,
            FailureDesk failures) {
        this.segmented = segmented;
        this.outcomes = outcomes;
        this.failures = failures;
        this.reports = parts.reports();
        this.outcomeMaker = parts.outcomes();
        this.metrics = parts.metrics();
        this.traces = parts.traces();
        this.clock = parts.clock();
    }

    @Override
    public String role() {
        return "lesion";
    }

    @Override
    public int work(long nowNanos) throws InterruptedException {
        Optional<InFlight<SegmentedImage>> next = segmented.take(IDLE_NANOS);
        if (next.isEmpty()) {
            return 0;
        }
        InFlight<SegmentedImage> image = next.get();
        try {
            JobOutcome outcome = outcomeOf(image);
            if (image.claim().end()) {
                outcomes.put(image.lane(), outcome);
            }
        } catch (SegmentationException failure) {
            failures.failed(image, failure, clock.getAsLong());
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError fault) {
            failures.unforeseen(image, fault, role(), clock.getAsLong());
        }
        return 1;
    }

    private JobOutcome outcomeOf(InFlight<SegmentedImage> image) {
        long start = clock.getAsLong();
        SourceImage source = image.payload().source();
        LesionReport report = reports.make(
                source.plan(), image.payload().outputs(), source.checkpoint().manifest(), source.pixels());
        long end = clock.getAsLong();
        metrics.time(WorkerMetric.STAGE_DURATION, end - start, role());
        traces.stage(image.delivery().envelope(), role(), start, end);
        return outcomeMaker.segmented(image.after("lesion", end - start, report), source);
    }
}
