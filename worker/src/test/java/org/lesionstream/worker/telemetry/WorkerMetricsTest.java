package org.lesionstream.worker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.MessageType;
import org.lesionstream.worker.batch.Batch;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.inference.RunSteps;
import org.lesionstream.worker.pipeline.Dependency;
import org.lesionstream.worker.pipeline.PipelineState;
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
        metrics.batch(Batch.Reason.FULL, 6, 8, 2_000_000);
        assertThat(registry.get("lesionstream.batches")
                        .tag("reason", "full")
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
                .hasMessage("JOBS has the tags [OUTCOME, CODE_IF_ANY], got 1 values");
    }

    @Test
    void refusesAWordThatIsNotListedSoThatNoMessageAddsASeries() {
        assertThatThrownBy(() -> metrics.count(WorkerMetric.TRANSACTIONS, 1, "lost"))
                .hasMessage("TRANSACTIONS has no result \"lost\", only [committed, aborted, fenced, recovered]");
    }

    @Test
    void showsEveryCounterAndDistributionAtZeroFromTheStart() {
        assertThat(registry.get("lesionstream.jobs").counters())
                .hasSize(3 + FailureCode.values().length) // segmented, expanded, repeated
                .allMatch(counter -> counter.count() == 0);
        for (WorkerMetric metric : WorkerMetric.values()) {
            if (metric.kind() != Kind.GAUGE) {
                assertThat(registry.get(metric.meter()).meters())
                        .as(metric.meter())
                        .hasSize(metric.series().size());
            }
        }
    }

    @Test
    void forgetsARowOfAGaugeThatIsNoMore() {
        metrics.rows(WorkerMetric.CHECKPOINT_SERVED, List.of(List.of("lesion@production", "1", "0123456789ab")));
        metrics.rows(WorkerMetric.CHECKPOINT_SERVED, List.of(List.of("lesion@production", "2", "ba9876543210")));

        assertThat(registry.get("lesionstream.checkpoint.served").gauges())
                .hasSize(1)
                .allMatch(gauge -> "2".equals(gauge.getId().getTag("version")) && gauge.value() == 1);
    }

    @Test
    void listsTheWordsOfTheStagesThatItMayNotImport() {
        assertThat(MetricTag.RELEASE.words()).isEqualTo(words(Batch.Reason.values()));
        assertThat(MetricTag.STEP.words()).isEqualTo(words(RunSteps.Step.values()));
        assertThat(MetricTag.STATE.words()).isEqualTo(words(PipelineState.values()));
        assertThat(MetricTag.DEPENDENCY.words()).isEqualTo(words(Dependency.values()));
        assertThat(MetricTag.ANSWER.words()).isSubsetOf(words(MessageType.values()));
    }

    private static List<String> words(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
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
