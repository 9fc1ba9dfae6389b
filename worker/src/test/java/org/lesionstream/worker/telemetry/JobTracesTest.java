package org.lesionstream.worker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.delivery.Delivery;
import org.lesionstream.worker.delivery.Envelope;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.delivery.Position;
import org.lesionstream.worker.testing.SampleJob;

class JobTracesTest {
    private static final Position POSITION = new Position("image-jobs", 3, 41);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PRODUCER = "b7ad6b7169203331";
    private static final String SAMPLED = "00-" + TRACE + "-" + PRODUCER + "-01";
    private static final String UNSAMPLED = "00-" + TRACE + "-" + PRODUCER + "-00";
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    private final AtomicLong nanos = new AtomicLong(5_000);
    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
            .addSpanProcessor(SimpleSpanProcessor.create(spans))
            .build();
    private final JobTraces traces = new JobTraces(provider, () -> NOW, nanos::get);

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void goesOnWithTheTraceOfTheProducerAndGivesAnswersItsOwnSpan() {
        Envelope envelope = polled(Optional.of(SAMPLED));
        traces.stage(envelope, "decode", 6_000, 8_000);
        traces.outcome(outcome(envelope));
        nanos.set(9_000);
        traces.end(envelope);

        SpanData decode = spans.getFinishedSpanItems().get(0);
        SpanData message = spans.getFinishedSpanItems().get(1);
        assertThat(message.getName()).isEqualTo("process image-jobs");
        assertThat(message.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(message.getTraceId()).isEqualTo(TRACE);
        assertThat(message.getParentSpanId()).isEqualTo(PRODUCER);
        assertThat(envelope.traceParent()).contains("00-" + TRACE + "-" + message.getSpanId() + "-01");
        assertThat(message.getStartEpochNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(NOW.getEpochSecond()));
        assertThat(message.getEndEpochNanos() - message.getStartEpochNanos()).isEqualTo(4_000);
        assertThat(message.getAttributes().get(AttributeKey.longKey("messaging.kafka.offset")))
                .isEqualTo(41);
        assertThat(message.getAttributes().get(AttributeKey.stringKey("lesionstream.job.id")))
                .isEqualTo("j-1");
        assertThat(message.getAttributes().get(AttributeKey.stringKey("lesionstream.outcome")))
                .isEqualTo("segmented");

        assertThat(decode.getName()).isEqualTo("decode");
        assertThat(decode.getParentSpanId()).isEqualTo(message.getSpanId());
        assertThat(decode.getStartEpochNanos() - message.getStartEpochNanos()).isEqualTo(1_000);
        assertThat(decode.getEndEpochNanos() - decode.getStartEpochNanos()).isEqualTo(2_000);
    }

    @Test
    void saysWhyAJobFailedAndWhatWasTriedAgain() {
        Envelope envelope = polled(Optional.of(SAMPLED));
        traces.retried(envelope, FailureCode.SOURCE_UNREADABLE);
        JobOutcome.DeadLettered sample = SampleJob.aJob("j-1").deadLettered(FailureCode.SOURCE_NOT_FOUND);
        traces.outcome(new JobOutcome.DeadLettered(envelope, sample.delivery(), sample.letter()));
        traces.end(envelope);

        SpanData message = spans.getFinishedSpanItems().get(0);
        assertThat(message.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(message.getAttributes().get(ERROR)).isEqualTo("SOURCE_NOT_FOUND");
        assertThat(message.getEvents()).singleElement().satisfies(event -> {
            assertThat(event.getName()).isEqualTo("retry");
            assertThat(event.getAttributes().get(ERROR)).isEqualTo("SOURCE_UNREADABLE");
        });
    }

    @Test
    void beginsATraceForAMessageWithoutOne() {
        Envelope envelope = polled(Optional.empty());
        traces.end(envelope);

        SpanData message = spans.getFinishedSpanItems().get(0);
        assertThat(envelope.traceParent()).contains("00-" + message.getTraceId() + "-" + message.getSpanId() + "-01");
    }

    @Test
    void recordsNothingOfATraceThatNobodyRecords() {
        Envelope envelope = polled(Optional.of(UNSAMPLED));
        traces.stage(envelope, "decode", 6_000, 8_000);
        traces.end(envelope);

        assertThat(spans.getFinishedSpanItems()).isEmpty();
        assertThat(envelope.traceParent())
                .hasValueSatisfying(context -> assertThat(context).matches("00-" + TRACE + "-[0-9a-f]{16}-00"));
    }

    @Test
    void keepsNothingOfAMessageThatHasEnded() {
        Envelope envelope = polled(Optional.of(SAMPLED));
        traces.end(envelope);
        traces.stage(envelope, "publish", 6_000, 8_000);
        traces.end(envelope);

        assertThat(spans.getFinishedSpanItems()).hasSize(1);
    }

    @Test
    void handsOnWhatTheProducerSentWhereNothingIsRecorded() {
        JobTraces off = JobTraces.off();

        assertThat(off.begin(POSITION, Lane.URGENT, Optional.of(SAMPLED))).contains(SAMPLED);
        assertThat(off.begin(POSITION, Lane.URGENT, Optional.empty())).isEmpty();
    }

    private Envelope polled(Optional<String> parent) {
        Envelope sample = SampleJob.aJob("j-1").envelope();
        return new Envelope(
                POSITION,
                Lane.URGENT,
                1,
                nanos.get(),
                traces.begin(POSITION, Lane.URGENT, parent),
                sample.length(),
                sample.digest());
    }

    private static JobOutcome outcome(Envelope envelope) {
        JobOutcome.Segmented sample = SampleJob.aJob("j-1").segmented(1);
        Delivery delivery = new Delivery(
                envelope, sample.delivery().job(), sample.delivery().registration());
        return new JobOutcome.Segmented(delivery, sample.result(), sample.maskPng(), List.of());
    }
}
