package org.lesionstream.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.worker.delivery.Delivery;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.telemetry.JobTraces;
import org.lesionstream.worker.telemetry.WorkerMetrics;
import org.lesionstream.worker.testing.SampleJob;

class OutcomeBookTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final OutcomeBook book =
            new OutcomeBook(new Deadlines(() -> NOW), new WorkerMetrics(registry), JobTraces.off());

    @Test
    void countsADeadlineAsMetOrMissedAtTheMomentOfTheOutcome() {
        book.enter(segmented("in-time", Optional.of(NOW.plusMillis(1))));
        book.enter(segmented("late", Optional.of(NOW)));
        book.enter(segmented("without", Optional.empty()));
        book.enter(expired("expired"));

        assertThat(deadlines("met")).isEqualTo(1);
        assertThat(deadlines("missed")).isEqualTo(2);
    }

    @Test
    void countsEveryJobOnceByHowItEnded() {
        book.enter(segmented("a", Optional.empty()));
        book.enter(SampleJob.aJob("b").repeated());
        book.enter(SampleJob.aJob("c").deadLettered(FailureCode.IMAGE_DAMAGED));
        book.enter(SampleJob.aJob("d").unreadable());

        assertThat(jobs("segmented", "")).isEqualTo(1);
        assertThat(jobs("repeated", "")).isEqualTo(1);
        assertThat(jobs("dead_letter", "image_damaged")).isEqualTo(1);
        assertThat(jobs("dead_letter", "invalid_json")).isEqualTo(1);
        assertThat(deadlines("met") + deadlines("missed")).isZero();
    }

    private double jobs(String outcome, String code) {
        return registry.get("lesionstream.jobs")
                .tag("outcome", outcome)
                .tag("code", code)
                .counter()
                .count();
    }

    private double deadlines(String result) {
        return registry.get("lesionstream.deadlines")
                .tag("lane", "urgent")
                .tag("result", result)
                .counter()
                .count();
    }

    private static JobOutcome segmented(String id, Optional<Instant> deadline) {
        JobOutcome.Segmented sample = SampleJob.aJob(id).segmented(1);
        return new JobOutcome.Segmented(
                due(sample.delivery(), deadline), sample.result(), sample.maskPng(), sample.lesions());
    }

    private static JobOutcome expired(String id) {
        JobOutcome.DeadLettered sample = SampleJob.aJob(id).deadLettered(FailureCode.DEADLINE_EXPIRED);
        return new JobOutcome.DeadLettered(
                sample.envelope(),
                sample.delivery().map(delivery -> due(delivery, Optional.of(NOW.minusSeconds(1)))),
                sample.letter());
    }

    private static Delivery due(Delivery delivery, Optional<Instant> deadline) {
        ImageJob job = delivery.job();
        return new Delivery(
                delivery.envelope(),
                new ImageJob(
                        job.jobId(),
                        job.imagingCase(),
                        job.image(),
                        job.checkpoint(),
                        job.pixelSpacing(),
                        job.slice(),
                        deadline,
                        job.labels()),
                delivery.registration());
    }
}
