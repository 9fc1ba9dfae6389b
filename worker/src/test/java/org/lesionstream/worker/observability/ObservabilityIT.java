package org.lesionstream.worker.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.PackagedSystem.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.worker.testing.Answers;
import org.lesionstream.worker.testing.PackagedSystem;

/** What a packaged worker really shows of itself, against what alerts, dashboards and documents say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObservabilityIT {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PRODUCER = "b7ad6b7169203331";
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+");
    private static final int MOST_SERIES = 400;
    private static final int MOST_KAFKA_SERIES = 30;

    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    private static Path folder;

    private TraceCollector collector;
    private PackagedSystem system;
    private Answers answers;

    @BeforeAll
    void startEverythingAndDoSomeWork() throws Exception {
        collector = TraceCollector.start();
        system = PackagedSystem.start(
                folder,
                Map.of(
                        "LESIONSTREAM_TRACING_ENDPOINT",
                        collector.address().toString(),
                        "LESIONSTREAM_BENCH_BARE_LOOP",
                        "100ms",
                        "LESIONSTREAM_SINK_LOCATION",
                        folder.resolve("results").toUri().toString()));
        answers = system.answers();
        Path picture = system.picture("traced.png", 2);
        answers.send("image-jobs", "key", text("traced", picture), "00-" + TRACE + "-" + PRODUCER + "-01");
        answers.send(
                "image-jobs",
                "key",
                text("missing", folder.resolve("images/none.png")),
                "00-" + TRACE.replace('0', '1') + "-" + PRODUCER + "-01");
        answers.await("traced#0", SOON);
        answers.await("missing#0", SOON);
    }

    @AfterAll
    void stopEverything() throws IOException {
        if (system != null) {
            system.close();
        }
        collector.close();
    }

    @Test
    void showsExactlyTheMetricsOfItsListAndEveryMetricThatIsAskedFor() throws IOException, InterruptedException {
        assertThat(system.get("/api/checkpoints").statusCode()).isEqualTo(200); // requests are shown once there was one
        Set<String> shown = names(system.worker().metrics());

        assertThat(own(shown)).isEqualTo(own(ShownMetrics.names()));
        Questions.all().forEach((place, question) -> question.selectors().forEach(selector -> {
            if (!selector.metric().equals("up")) { // Prometheus makes it
                assertThat(shown).as(place).contains(selector.metric());
            }
        }));
    }

    @Test
    void keepsLabelsFewAndFreeOfWhatMessagesSay() {
        List<String> series = system.worker()
                .metrics()
                .lines()
                .filter(line -> line.matches("(lesionstream|kafka)_.*"))
                .toList();

        assertThat(series).hasSizeBetween(100, MOST_SERIES);
        assertThat(series.stream().filter(line -> line.startsWith("kafka_"))).hasSizeLessThan(MOST_KAFKA_SERIES);
        assertThat(series).noneMatch(line -> line.matches(".*(traced|missing|\\.png).*"));
    }

    @Test
    void countsWhatItDid() {
        String metrics = system.worker().metrics();

        assertThat(value(metrics, "lesionstream_images_total")).isEqualTo(1);
        assertThat(value(metrics, "lesionstream_executions_total")).isPositive();
        assertThat(value(metrics, "lesionstream_ready")).isEqualTo(1);
        assertThat(value(metrics, "lesionstream_jobs_total{code=\"source_not_found\",outcome=\"dead_letter\"}"))
                .isEqualTo(1);
        for (String step : List.of("input", "inference", "output")) {
            assertThat(value(metrics, "lesionstream_run_duration_seconds_count{step=\"" + step + "\"}"))
                    .isEqualTo(value(metrics, "lesionstream_executions_total"));
        }
        assertThat(value(metrics, "kafka_consumer_fetch_manager_records_consumed_total"))
                .isGreaterThanOrEqualTo(2);
        assertThat(value(metrics, "kafka_producer_record_send_total")).isGreaterThanOrEqualTo(2);
        assertThat(value(metrics, "kafka_consumer_connection_count")).isPositive();
    }

    @Test
    void recordsAJobAsOneTraceFromItsMessageToItsResult() throws InterruptedException {
        List<Span> spans = collector.await(TRACE, found -> names(found).contains("process image-jobs"), SOON);

        Span message = byName(spans, "process image-jobs");
        assertThat(TraceCollector.hex(message.getParentSpanId().toByteArray())).isEqualTo(PRODUCER);
        assertThat(attribute(message, "lesionstream.job.id")).isEqualTo("traced");
        assertThat(attribute(message, "lesionstream.outcome")).isEqualTo("segmented");
        assertThat(answers.traceParent("traced#0"))
                .isEqualTo("00-" + TRACE + "-"
                        + TraceCollector.hex(message.getSpanId().toByteArray()) + "-01");
        assertThat(names(spans))
                .containsExactlyInAnyOrder(
                        "process image-jobs", "decode", "queue", "inference", "lesion", "persist", "publish");
        for (Span stage : spans) {
            if (!stage.getSpanId().equals(message.getSpanId())) {
                assertThat(stage.getParentSpanId()).as(stage.getName()).isEqualTo(message.getSpanId());
                assertThat(stage.getStartTimeUnixNano())
                        .isBetween(message.getStartTimeUnixNano(), stage.getEndTimeUnixNano());
                assertThat(stage.getEndTimeUnixNano()).isLessThanOrEqualTo(message.getEndTimeUnixNano());
            }
        }
        assertThat(spans.toString()).doesNotContain("case-of-").doesNotContain(".png");
    }

    @Test
    void logsOneJsonObjectALineAndSaysWhichJobAndTraceItIsAbout() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("worker-0.log"))) {
            if (line.startsWith("{")) {
                lines.add(json.readTree(line));
            }
        }

        JsonNode letter = lines.stream()
                .filter(line -> line.get("message").asText().startsWith("Dead letter: SOURCE_NOT_FOUND"))
                .findFirst()
                .orElseThrow();
        assertThat(letter.at("/mdc/jobId").asText()).isEqualTo("missing");
        assertThat(letter.at("/mdc/topic").asText()).isEqualTo("image-jobs");
        assertThat(letter.at("/mdc/offset").asText()).matches("\\d+");
        assertThat(letter.at("/mdc/traceId").asText()).isEqualTo(TRACE.replace('0', '1'));
        assertThat(lines.toString()).doesNotContain("case-of-");
    }

    private static String text(String id, Path picture) throws IOException {
        return PackagedSystem.text(PackagedSystem.job(id, "case-of-" + id, 1, 1, picture));
    }

    private static Set<String> own(Set<String> names) {
        return names.stream()
                .filter(name -> name.matches("(lesionstream|kafka)_.*"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(String metrics) {
        return metrics.lines()
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .map(sample -> sample.group(1))
                .collect(Collectors.toSet());
    }

    private static List<String> names(List<Span> spans) {
        return spans.stream().map(Span::getName).toList();
    }

    private static Span byName(List<Span> spans, String name) {
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String attribute(Span span, String key) {
        return span.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElseThrow();
    }

    private static double value(String metrics, String series) {
        return metrics.lines()
                .map(line -> line.replaceAll(",}", "}"))
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + series));
    }
}
