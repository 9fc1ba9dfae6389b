package org.lesionstream.worker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.telemetry.WorkerMetric.Kind;

class WorkerMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final WorkerMetrics metrics = new WorkerMetrics(registry);

    @Test
    void addsToTheCounterOfTheseTags() {
        metrics.count(WorkerMetric.MESSAGES_POLLED, 2, Lane.URGENT);
        metrics.count(WorkerMetric.MESSAGES_POLLED, 3, Lane.URGENT);
        metrics.count(WorkerMetric.MESSAGES_POLLED, 1, Lane.BACKFILL);
        assertThat(registry.get("lesionstream.messages.polled")
                        .tag("lane", "urgent")
                        .counter()
                        .count())
                .isEqualTo(5);
    }

    @Test
    void readsAGaugeWhenAsked() {
        AtomicInteger value = new AtomicInteger(1);
        metrics.gauge(WorkerMetric.IN_FLIGHT, value::get, Lane.URGENT);
        value.set(7);
        assertThat(registry.get("lesionstream.in.flight").gauge().value()).isEqualTo(7);
    }

    @Test
    void recordsABatchWithItsReasonSizeAndTime() {
        metrics.batch(TimeUnit.DAYS, 6, 8, 2_000_000);
        assertThat(registry.get("lesionstream.batches")
                        .tag("reason", "days")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("lesionstream.tiles").counter().count()).isEqualTo(6);
        assertThat(registry.get("lesionstream.batch.places").counter().count()).isEqualTo(8);
        assertThat(registry.get("lesionstream.batch.size").summary().max()).isEqualTo(6);
        assertThat(registry.get("lesionstream.batch.duration").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(2);
    }

    @Test
    void refusesAWrongKindOrNumberOfTags() {
        assertThatThrownBy(() -> metrics.time(WorkerMetric.TILES, 1)).hasMessage("TILES is a COUNTER, not a TIMER");
        assertThatThrownBy(() -> metrics.count(WorkerMetric.JOBS, 1, "segmented"))
                .hasMessage("JOBS has the tags [outcome, code], got 1 values");
    }

    @Test
    void everyMetricIsDescribedAndNamedAsPrometheusExpects() {
        assertThat(WorkerMetric.values()).allSatisfy(metric -> {
            assertThat(metric.meter()).matches("lesionstream(\\.[a-z]+)+").doesNotEndWith(".total");
            assertThat(metric.description()).isNotBlank().doesNotEndWith(".");
            assertThat(metric.tags()).doesNotHaveDuplicates();
        });
        assertThat(Arrays.stream(WorkerMetric.values()).filter(metric -> metric.kind() == Kind.TIMER))
                .allMatch(metric -> metric.unit().equals("seconds"));
    }
}
