package org.lesionstream.worker.pipeline;

import org.jboss.logging.Logger;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.worker.delivery.Delivery;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.telemetry.JobTraces;
import org.lesionstream.worker.telemetry.LogFields;
import org.lesionstream.worker.telemetry.WorkerMetric;
import org.lesionstream.worker.telemetry.WorkerMetrics;

/** Keeps count of how jobs ended, once each, when their outcome is stored. Confined to the delivery thread. */
final class OutcomeBook {
    private static final Logger LOG = Logger.getLogger(OutcomeBook.class);

    private final Deadlines deadlines;
    private final WorkerMetrics metrics;
    private final JobTraces traces;

    OutcomeBook(Deadlines deadlines, WorkerMetrics metrics, JobTraces traces) {
        this.deadlines = deadlines;
        this.metrics = metrics;
        this.traces = traces;
    }

    void enter(JobOutcome outcome) {
        traces.outcome(outcome);
        if (outcome instanceof JobOutcome.Segmented segmented) {
            metrics.count(WorkerMetric.JOBS, 1, "segmented", "");
            countDeadline(segmented.delivery());
        } else if (outcome instanceof JobOutcome.DeadLettered deadLettered) {
            FailureCode code = deadLettered.letter().code();
            metrics.count(WorkerMetric.JOBS, 1, "dead_letter", code);
            deadLettered.delivery().ifPresent(this::countDeadline);
            try (LogFields fields = LogFields.of(outcome.envelope()).job(outcome.jobId())) {
                LOG.warnf("Dead letter: %s at %s", code, deadLettered.letter().where());
            }
        } else if (outcome instanceof JobOutcome.Expanded) {
            metrics.count(WorkerMetric.JOBS, 1, "expanded", "");
        } else if (outcome instanceof JobOutcome.Repeated) {
            metrics.count(WorkerMetric.JOBS, 1, "repeated", "");
        }
    }

    private void countDeadline(Delivery delivery) {
        ImageJob job = delivery.job();
        if (job.deadline().isPresent()) {
            Lane lane = delivery.envelope().lane();
            boolean met = deadlines.nanosLeft(job).orElse(1) > 0;
            metrics.count(WorkerMetric.DEADLINES, 1, lane, met ? "met" : "missed");
        }
    }
}
