package org.lesionstream.worker.pipeline;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jboss.logging.Logger;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.failure.FailurePolicy;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.telemetry.JobTraces;
import org.lesionstream.worker.telemetry.LogFields;
import org.lesionstream.worker.telemetry.WorkerMetric;
import org.lesionstream.worker.telemetry.WorkerMetrics;

/**
 * Where every failed job goes: to another attempt a little later, or to its dead letter.
 *
 * <ul>
 *   <li>A job that waits for its next attempt holds nobody up; it is part of what is in flight, which bounds the shelf.
 *   <li>Any thread may report a failure or ask for what is due.
 * </ul>
 */
final class FailureDesk {
    private static final Logger LOG = Logger.getLogger(FailureDesk.class);

    private record Waiting(long dueNanos, InFlight<ImageJob> job) {}

    private final FailurePolicy policy;
    private final Outcomes outcomes;
    private final WorkerMetrics metrics;
    private final JobTraces traces;
    private final Handoff<JobOutcome> toDelivery;
    private final Map<Lane, PriorityQueue<Waiting>> shelf = new EnumMap<>(Lane.class);

    FailureDesk(PipelineParts parts, Handoff<JobOutcome> toDelivery) {
        this.policy = parts.failurePolicy();
        this.outcomes = parts.outcomes();
        this.metrics = parts.metrics();
        this.traces = parts.traces();
        this.toDelivery = toDelivery;
        for (Lane lane : Lane.values()) {
            shelf.put(lane, new PriorityQueue<>(Comparator.comparingLong(Waiting::dueNanos)));
        }
    }

    /**
     * A failure that no stage foresaw, such as a decoder's fault on a hostile file: it ends this job, not the worker. The
     * exception's text may quote the file, so only its type and place are logged.
     */
    void unforeseen(InFlight<?> work, Throwable fault, String stage, long nowNanos) {
        StackTraceElement[] trace = fault.getStackTrace();
        try (LogFields fields = LogFields.of(work.delivery().envelope())
                .job(work.delivery().job().jobId())) {
            LOG.errorf("%s at %s in stage %s", fault.getClass().getName(), trace.length > 0 ? trace[0] : "?", stage);
        }
        failed(work, new SegmentationException(FailureCode.INTERNAL_ERROR, stage, fault), nowNanos);
    }

    /** Decides what the failure means, once; a job that has ended meanwhile stays as it is. */
    void failed(InFlight<?> work, SegmentationException failure, long nowNanos) {
        FailurePolicy.Decision decision = policy.decide(failure.code(), work.attempt());
        if (decision instanceof FailurePolicy.Retry retry) {
            if (work.claim().waitAgain()) {
                metrics.count(WorkerMetric.RETRIES, 1, failure.code());
                traces.retried(work.delivery().envelope(), failure.code());
                synchronized (shelf) {
                    shelf.get(work.lane())
                            .add(new Waiting(nowNanos + retry.after().toNanos(), work.nextAttempt()));
                }
            }
        } else if (work.claim().end()) {
            toDelivery.put(work.lane(), outcomes.deadLetter(work, failure));
        }
    }

    /** The deadline of a job has passed, and its claim with it. */
    void expired(InFlight<?> work) {
        toDelivery.put(work.lane(), outcomes.deadLetter(work, Deadlines.expired()));
    }

    /** The next job of this lane whose time has come. */
    Optional<InFlight<ImageJob>> nextRetry(long nowNanos, Lane lane) {
        synchronized (shelf) {
            Waiting first = shelf.get(lane).peek();
            return first == null || first.dueNanos() > nowNanos
                    ? Optional.empty()
                    : Optional.of(shelf.get(lane).remove().job());
        }
    }
}
