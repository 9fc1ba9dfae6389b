package org.lesionstream.worker.telemetry;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.lesionstream.worker.telemetry.WorkerMetric.Kind;

/**
 * Records the worker's metrics, and only those that {@link WorkerMetric} lists.
 *
 * <ul>
 *   <li>Every counter and distribution is there from the start, at zero and under every word of its tags: a rate over the
 *       first failure sees a step and not a new series.
 *   <li>Thread-safe; recording costs a look-up and an addition.
 *   <li>The words of the tags come in the order of {@link WorkerMetric#tags}. A word that {@link MetricTag} does not list, a
 *       wrong number of them, or recording a counter as a timer is an error of the caller's and is refused. So ids, names or
 *       anything else that a message says cannot become a label.
 * </ul>
 */
public final class WorkerMetrics {
    private static final Duration[] BUCKETS = Arrays.stream(
                    new long[] {50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000})
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<WorkerMetric, MultiGauge> rows = new EnumMap<>(WorkerMetric.class); // guarded by this
    private final KafkaFigures consumer;
    private final KafkaFigures producer;

    public WorkerMetrics(MeterRegistry registry) {
        this.registry = requireNonNull(registry, "registry");
        this.consumer = new KafkaFigures(registry, KafkaMetric.Client.CONSUMER);
        this.producer = new KafkaFigures(registry, KafkaMetric.Client.PRODUCER);
        for (WorkerMetric metric : WorkerMetric.values()) {
            for (List<String> words : metric.series()) {
                begin(metric, tags(metric, metric.kind(), words.toArray()));
            }
        }
    }

    /** Figures of the client that polls jobs. */
    public KafkaFigures consumer() {
        return consumer;
    }

    /** Figures of the client that publishes answers. */
    public KafkaFigures producer() {
        return producer;
    }

    /** Adds to a counter. */
    public void count(WorkerMetric metric, long amount, Object... words) {
        counter(metric, tags(metric, Kind.COUNTER, words)).increment((double) amount);
    }

    /** Adds a duration to a timer. */
    public void time(WorkerMetric metric, long nanos, Object... words) {
        timer(metric, tags(metric, Kind.TIMER, words)).record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Adds an amount to a distribution. */
    public void record(WorkerMetric metric, double amount, Object... words) {
        summary(metric, tags(metric, Kind.SUMMARY, words)).record(amount);
    }

    /** Reads a gauge from the supplier from now on; the supplier may be called from any thread. */
    public void gauge(WorkerMetric metric, Supplier<? extends Number> value, Object... words) {
        List<Tag> tags = tags(metric, Kind.GAUGE, words);
        Gauge.builder(metric.meter(), value::get)
                .description(metric.description())
                .baseUnit(unit(metric))
                .tags(tags)
                .register(registry);
    }

    /** Says which rows of words a gauge with open tags has now, each with the value 1; rows of before that are not among them end. */
    public synchronized void rows(WorkerMetric metric, Collection<? extends List<String>> words) {
        List<MultiGauge.Row<?>> now = new ArrayList<>();
        for (List<String> row : words) {
            now.add(MultiGauge.Row.of(Tags.of(tags(metric, Kind.GAUGE, row.toArray())), () -> 1));
        }
        rows.computeIfAbsent(metric, first -> MultiGauge.builder(metric.meter())
                        .description(metric.description())
                        .register(registry))
                .register(now, true);
    }

    /** One batch on the device: what released it, its tiles, the size that it was padded to, how long it took. */
    public void batch(Enum<?> reason, int tiles, int places, long nanos) {
        count(WorkerMetric.BATCHES, 1, reason);
        count(WorkerMetric.TILES, tiles);
        count(WorkerMetric.BATCH_PLACES, places);
        record(WorkerMetric.BATCH_SIZE, tiles);
        time(WorkerMetric.BATCH_DURATION, nanos);
    }

    private void begin(WorkerMetric metric, List<Tag> tags) {
        switch (metric.kind()) {
            case COUNTER -> counter(metric, tags);
            case TIMER -> timer(metric, tags);
            case SUMMARY -> summary(metric, tags);
            case GAUGE -> {} // begins where its value is
        }
    }

    private Counter counter(WorkerMetric metric, List<Tag> tags) {
        return Counter.builder(metric.meter())
                .description(metric.description())
                .baseUnit(unit(metric))
                .tags(tags)
                .register(registry);
    }

    private Timer timer(WorkerMetric metric, List<Tag> tags) {
        return Timer.builder(metric.meter())
                .description(metric.description())
                .serviceLevelObjectives(metric.histogram() ? BUCKETS : new Duration[0])
                .tags(tags)
                .register(registry);
    }

    private DistributionSummary summary(WorkerMetric metric, List<Tag> tags) {
        return DistributionSummary.builder(metric.meter())
                .description(metric.description())
                .baseUnit(unit(metric))
                .tags(tags)
                .register(registry);
    }

    private static List<Tag> tags(WorkerMetric metric, Kind kind, Object... words) {
        if (metric.kind() != kind) {
            throw new IllegalArgumentException(metric + " is a " + metric.kind() + ", not a " + kind);
        }
        if (metric.tags().size() != words.length) {
            throw new IllegalArgumentException(
                    metric + " has the tags " + metric.tags() + ", got " + words.length + " values");
        }
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            MetricTag tag = metric.tags().get(i);
            String word = word(words[i]);
            if (!tag.words().isEmpty() && !tag.words().contains(word)) {
                throw new IllegalArgumentException(
                        metric + " has no " + tag.key() + " \"" + word + "\", only " + tag.words());
            }
            tags.add(Tag.of(tag.key(), word));
        }
        return tags;
    }

    private static String word(Object value) {
        return value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value.toString();
    }

    private static String unit(WorkerMetric metric) {
        return metric.unit().isEmpty() ? null : metric.unit();
    }
}
