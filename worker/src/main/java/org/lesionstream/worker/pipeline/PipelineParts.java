package org.lesionstream.worker.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.worker.batch.BatchLimits;
import org.lesionstream.worker.decode.SourcePixels;
import org.lesionstream.worker.failure.FailurePolicy;
import org.lesionstream.worker.failure.RetryBackoff;
import org.lesionstream.worker.inference.CheckpointCatalog;
import org.lesionstream.worker.intake.JobIntake;
import org.lesionstream.worker.lesion.ReportMaker;
import org.lesionstream.worker.persist.CaseTimeouts;
import org.lesionstream.worker.persist.CheckpointMirror;
import org.lesionstream.worker.persist.ResultStore;
import org.lesionstream.worker.persist.SinkQueue;
import org.lesionstream.worker.publish.AnswerPublisher;
import org.lesionstream.worker.publish.JobSubmitter;
import org.lesionstream.worker.sink.SinkDrain;
import org.lesionstream.worker.telemetry.JobTraces;
import org.lesionstream.worker.telemetry.WorkerMetrics;
import org.lesionstream.worker.tile.TileCutter;

/** What the stages are made of; {@link WorkerWiring} fills it in, {@link SegmentationPipeline} puts it together. */
record PipelineParts(
        JobIntake intake,
        ResultStore store,
        CheckpointCatalog catalog,
        List<CheckpointReference> preload,
        CheckpointMirror mirror,
        CaseTimeouts timeouts,
        JobSubmitter submitter,
        SourcePixels pixels,
        TileCutter cutter,
        BatchLimits batchLimits,
        ReportMaker reports,
        Outcomes outcomes,
        AnswerPublisher publisher,
        FailurePolicy failurePolicy,
        Deadlines deadlines,
        RetryBackoff backoff,
        PipelineStatus status,
        Optional<SinkParts> sink,
        WorkerMetrics metrics,
        JobTraces traces,
        Sizes sizes,
        LongSupplier clock) {
    /** What brings results to the sink, where there is one. */
    record SinkParts(SinkDrain drain, SinkQueue queue) {}

    /** Threads and bounds of the stages. */
    record Sizes(
            int maxInFlight,
            int decodeThreads,
            int decodeAhead,
            int lesionThreads,
            int deliveryBatch,
            Duration deliveryLinger,
            Duration deliveryBackfillLinger,
            Duration catalogRefresh,
            Duration caseTimeout,
            Duration caseTimeoutCheck) {}
}
