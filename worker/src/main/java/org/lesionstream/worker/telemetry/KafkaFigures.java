package org.lesionstream.worker.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.lesionstream.worker.telemetry.KafkaMetric.Client;

/**
 * Shows the figures of a Kafka client, those that {@link KafkaMetric} lists.
 *
 * <ul>
 *   <li>One set of meters without labels, whichever client it follows: a producer that is made anew goes on under the same
 *       names, and its counters begin at zero as after a restart.
 *   <li>Without a client, counters are 0 and the rest is not a number. Safe for use by several threads.
 * </ul>
 */
public final class KafkaFigures {
    private volatile Supplier<? extends Map<MetricName, ? extends Metric>> client = Map::of;

    KafkaFigures(MeterRegistry registry, Client kind) {
        for (KafkaMetric metric : KafkaMetric.values()) {
            if (metric.client() == kind) {
                show(metric, registry);
            }
        }
    }

    /**
     * Reads the figures of this client from now on.
     *
     * @param metrics the method {@code metrics()} of the client, which may be called from any thread, also after its end
     */
    public void follow(Supplier<? extends Map<MetricName, ? extends Metric>> metrics) {
        client = metrics;
    }

    private void show(KafkaMetric metric, MeterRegistry registry) {
        if (metric.counter()) {
            FunctionCounter.builder(metric.meter(), this, figures -> figures.value(metric, 0))
                    .description(metric.description())
                    .register(registry);
        } else {
            Gauge.builder(metric.meter(), () -> value(metric, Double.NaN))
                    .description(metric.description())
                    .register(registry);
        }
    }

    /** The figure of the client as a whole: the one that is told apart by nothing but the client's id. */
    private double value(KafkaMetric metric, double absent) {
        for (Map.Entry<MetricName, ? extends Metric> entry : client.get().entrySet()) {
            MetricName name = entry.getKey();
            if (name.name().equals(metric.figure())
                    && name.group().equals(metric.group())
                    && name.tags().size() == 1
                    && entry.getValue().metricValue() instanceof Number number) {
                return number.doubleValue();
            }
        }
        return absent;
    }
}
