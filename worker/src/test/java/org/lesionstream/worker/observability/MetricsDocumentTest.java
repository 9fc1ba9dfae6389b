package org.lesionstream.worker.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lesionstream.worker.telemetry.KafkaMetric;
import org.lesionstream.worker.telemetry.MetricTag;
import org.lesionstream.worker.telemetry.WorkerMetric;

/** The tables of METRICS.md are what the code says; where they differ, {@code target/METRICS.md} is the document as it should be. */
class MetricsDocumentTest {
    private static final int FEW = 8;

    @Test
    void holdsExactlyTheMetricsOfTheCode() throws IOException {
        String document = Delivered.read(Delivered.METRICS);
        String wanted = with("kafka", kafka(), with("worker", own(), document));
        Files.writeString(Path.of("target", "METRICS.md"), wanted);

        assertThat(document)
                .as("copy worker/target/METRICS.md to deploy/observability")
                .isEqualTo(wanted);
    }

    private static String own() {
        return table(
                "| Metric | Type | Labels | Meaning |\n|---|---|---|---|\n",
                Arrays.stream(WorkerMetric.values())
                        .map(metric -> "| `%s` | %s | %s | %s |"
                                .formatted(
                                        ShownMetrics.family(metric),
                                        type(metric),
                                        metric.tags().stream()
                                                .map(MetricsDocumentTest::label)
                                                .collect(Collectors.joining("; ")),
                                        metric.description()))
                        .collect(Collectors.joining("\n")));
    }

    private static String type(WorkerMetric metric) {
        String kind = metric.kind().name().toLowerCase(Locale.ROOT);
        return metric.histogram() ? kind + ", histogram" : kind;
    }

    private static String label(MetricTag tag) {
        if (tag.words().isEmpty()) {
            return "`" + tag.key() + "`";
        }
        String words = tag.words().size() > FEW
                ? "a failure code"
                : tag.words().stream().map(word -> "`" + word + "`").collect(Collectors.joining(" "));
        return "`" + tag.key() + "`: " + words;
    }

    private static String kafka() {
        return table(
                "| Metric | Type | Meaning |\n|---|---|---|\n",
                Arrays.stream(KafkaMetric.values())
                        .map(metric -> "| `%s` | %s | %s |"
                                .formatted(
                                        ShownMetrics.family(metric),
                                        metric.counter() ? "counter" : "gauge",
                                        metric.description()))
                        .collect(Collectors.joining("\n")));
    }

    private static String table(String head, String rows) {
        return "\n" + head + rows + "\n";
    }

    /** The document with another text between the two marks of that name. */
    private static String with(String name, String text, String document) {
        String begin = "<!-- " + name + " -->\n";
        String end = "<!-- end of " + name + " -->";
        assertThat(document).contains(begin, end);
        return document.substring(0, document.indexOf(begin) + begin.length())
                + text
                + "\n"
                + document.substring(document.indexOf(end));
    }
}
