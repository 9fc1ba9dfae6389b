package org.lesionstream.worker.observability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.lesionstream.worker.telemetry.KafkaMetric;
import org.lesionstream.worker.telemetry.MetricTag;
import org.lesionstream.worker.telemetry.WorkerMetric;

/** The names under which Prometheus sees the worker's metrics and those of its Kafka clients. */
final class ShownMetrics {
    private ShownMetrics() {}

    /** Name of the family: what its TYPE line says. */
    static String family(WorkerMetric metric) {
        String name = withEnding(underscored(metric.meter()), metric.unit());
        return metric.kind() == WorkerMetric.Kind.COUNTER ? withEnding(name, "total") : name;
    }

    static String family(KafkaMetric metric) {
        return withEnding(underscored(metric.meter()), metric.counter() ? "total" : "");
    }

    /** Names of the series of a metric. */
    static List<String> series(WorkerMetric metric) {
        String family = family(metric);
        return switch (metric.kind()) {
            case COUNTER, GAUGE -> List.of(family);
            case TIMER, SUMMARY -> {
                List<String> names = new ArrayList<>(List.of(family + "_count", family + "_sum", family + "_max"));
                if (metric.histogram()) {
                    names.add(family + "_bucket");
                }
                yield names;
            }
        };
    }

    /** The worker's own metrics by the name of a series. */
    static Map<String, WorkerMetric> own() {
        Map<String, WorkerMetric> byName = new TreeMap<>();
        for (WorkerMetric metric : WorkerMetric.values()) {
            series(metric).forEach(name -> byName.put(name, metric));
        }
        return byName;
    }

    /** Names of all series, the Kafka clients' included. */
    static Set<String> names() {
        Set<String> names = new LinkedHashSet<>(own().keySet());
        Arrays.stream(KafkaMetric.values()).map(ShownMetrics::family).forEach(names::add);
        return names;
    }

    /** Labels of a metric, with those that Prometheus adds. */
    static Set<String> labels(WorkerMetric metric) {
        Set<String> labels = new LinkedHashSet<>(List.of("instance", "job"));
        Stream.concat(metric.tags().stream().map(MetricTag::key), metric.histogram() ? Stream.of("le") : Stream.empty())
                .forEach(labels::add);
        return labels;
    }

    private static String underscored(String meter) {
        return meter.replace('.', '_');
    }

    private static String withEnding(String name, String words) {
        String ending = words.replace(' ', '_');
        return name.endsWith(ending) ? name : name + "_" + ending;
    }
}
