package org.lesionstream.worker.telemetry;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.lesionstream.worker.telemetry.WorkerMetric.Kind;

/**
 * Records the worker's metrics, and only those that {@link WorkerMetric} lists.
 *
 * <ul>
 *   <li>Thread-safe; recording costs a look-up and an addition.
 *   <li>The values of the tags come in the order of {@link WorkerMetric#tags}; a wrong number of them, or recording a
 *       counter as a timer, is an error of the caller's and is refused. Tag values are words of this code base (enum
 *       constants, roles), never ids or anything else a message says.
 * </ul>
 */
public final class WorkerMetrics {
    private final MeterRegistry registry;

    public WorkerMetrics(MeterRegistry registry) {
        this.registry = requireNonNull(registry, "registry");
    }

    /** Adds to a counter. */
    public void count(WorkerMetric metric, long amount, Object... tagValues) {
        List<Tag> tags = tags(metric, Kind.COUNTER, tagValues);
        Counter.builder(metric.meter())
                .description(metric.description())
                .baseUnit(unit(metric))
                .tags(tags)
                .register(registry)
                .increment((double) amount);
    }

    /** Adds a duration to a timer. */
    public void time(WorkerMetric metric, long nanos, Object... tagValues) {
        List<Tag> tags = tags(metric, Kind.TIMER, tagValues);
        Timer.builder(metric.meter())
                .description(metric.description())
                .tags(tags)
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Adds an amount to a distribution. */
    public void record(WorkerMetric metric, double amount, Object... tagValues) {
        List<Tag> tags = tags(metric, Kind.SUMMARY, tagValues);
        DistributionSummary.builder(metric.meter())
                .description(metric.description())
                .baseUnit(unit(metric))
                .tags(tags)
                .register(registry)
                .record(amount);
    }

    /** Reads a gauge from the supplier from now on; the supplier may be called from any thread. */
    public void gauge(WorkerMetric metric, Supplier<? extends Number> value, Object... tagValues) {
        List<Tag> tags = tags(metric, Kind.GAUGE, tagValues);
        Gauge.builder(metric.meter(), value::get)
                .description(metric.description())
                .baseUnit(unit(metric))
                .tags(tags)
                .register(registry);
    }

    /** One batch on the device: what released it, its tiles, the size that it was padded to, how long it took. */
    public void batch(Enum<?> reason, int tiles, int places, long nanos) {
        count(WorkerMetric.BATCHES, 1, reason);
        count(WorkerMetric.TILES, tiles);
        count(WorkerMetric.BATCH_PLACES, places);
        record(WorkerMetric.BATCH_SIZE, tiles);
        time(WorkerMetric.BATCH_DURATION, nanos);
    }

    private static List<Tag> tags(WorkerMetric metric, Kind kind, Object... values) {
        if (metric.kind() != kind) {
            throw new IllegalArgumentException(metric + " is a " + metric.kind() + ", not a " + kind);
        }
        if (metric.tags().size() != values.length) {
            throw new IllegalArgumentException(
                    metric + " has the tags " + metric.tags() + ", got " + values.length + " values");
        }
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            tags.add(Tag.of(metric.tags().get(i), word(values[i])));
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
