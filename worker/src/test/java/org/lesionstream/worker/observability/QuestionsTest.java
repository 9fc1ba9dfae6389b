package org.lesionstream.worker.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.lesionstream.worker.pipeline.WorkerConfig;
import org.lesionstream.worker.telemetry.WorkerMetric;

/** Alerts and dashboards ask for what there is: metrics, labels and their words; the documents name settings that exist. */
class QuestionsTest {
    private static final Pattern SETTING = Pattern.compile("`lesionstream\\.([a-z]+\\.[a-z-]+)");

    private final Map<String, WorkerMetric> own = ShownMetrics.own();

    @Test
    void asksForMetricsThatTheListHas() {
        String list = Delivered.read(Delivered.METRICS);
        Questions.all().forEach((place, question) -> question.selectors().forEach(selector -> {
            String name = selector.metric();
            if (name.startsWith("lesionstream_") || name.startsWith("kafka_")) {
                assertThat(ShownMetrics.names()).as(place).contains(name);
            } else if (!name.equals("ALERTS")) {
                assertThat(list).as(place).contains("`" + name.replaceAll("_(sum|count)$", "") + "`");
            }
        }));
    }

    @Test
    void asksForLabelsAndWordsThatTheMetricHas() {
        Questions.all().forEach((place, question) -> question.selectors().forEach(selector -> {
            WorkerMetric metric = own.get(selector.metric());
            if (metric != null) {
                assertThat(ShownMetrics.labels(metric))
                        .as(place)
                        .containsAll(selector.words().keySet());
                metric.tags().forEach(tag -> assertThat(tag.words())
                        .as(place)
                        .containsAll(selector.words().getOrDefault(tag.key(), List.of())));
            }
        }));
    }

    @Test
    void groupsOwnMetricsByLabelsThatSomeOfThemHave() {
        Questions.all().forEach((place, question) -> {
            Set<String> known = new LinkedHashSet<>(Set.of("instance", "job", "cause", "uri", "status"));
            question.selectors().stream()
                    .map(selector -> own.get(selector.metric()))
                    .filter(metric -> metric != null)
                    .forEach(metric -> known.addAll(ShownMetrics.labels(metric)));
            assertThat(known).as(place).containsAll(question.labels());
        });
    }

    @Test
    void everyMetricOfItsOwnIsAskedForSomewhere() {
        Set<WorkerMetric> asked = new LinkedHashSet<>();
        Questions.all().values().forEach(question -> question.selectors()
                .forEach(selector -> asked.add(own.get(selector.metric()))));
        assertThat(asked).contains(without(WorkerMetric.BARE_LOOP_RATE)); // of the bench
    }

    @Test
    void dashboardsHaveNamesOfTheirOwnAndPanelsThatDoNotOverlap() {
        Set<String> uids = new LinkedHashSet<>();
        for (Path file : Delivered.dashboards()) {
            assertThat(uids.add(Questions.json(file).get("uid").asText()))
                    .as(file.toString())
                    .isTrue();
            List<JsonNode> panels = Questions.panels(file);
            assertThat(panels).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
            Set<String> places = new LinkedHashSet<>();
            for (JsonNode panel : panels) {
                JsonNode at = panel.get("gridPos");
                for (int x = at.get("x").asInt();
                        x < at.get("x").asInt() + at.get("w").asInt();
                        x++) {
                    for (int y = at.get("y").asInt();
                            y < at.get("y").asInt() + at.get("h").asInt();
                            y++) {
                        assertThat(x).isLessThan(24);
                        assertThat(places.add(x + "," + y))
                                .as(file + ": " + panel.get("title"))
                                .isTrue();
                    }
                }
            }
        }
        assertThat(uids).hasSize(3);
    }

    @Test
    void whatIsProvisionedFitsTogether() {
        JsonNode prometheus = Questions.yaml(Delivered.PROMETHEUS);
        assertThat(prometheus.at("/rule_files/0").asText())
                .isEqualTo(Delivered.ALERTS.getFileName().toString());
        assertThat(prometheus.at("/scrape_configs/0/metrics_path").asText()).isEqualTo("/q/metrics");
        String job = prometheus.at("/scrape_configs/0/job_name").asText();
        assertThat(Questions.alerts().get("WorkerDown").get("expr").asText()).contains("up{job=\"" + job + "\"}");
        JsonNode source = Questions.yaml(Delivered.GRAFANA.resolve("datasources/prometheus.yml"));
        assertThat(source.at("/datasources/0/type").asText()).isEqualTo("prometheus");
    }

    @Test
    void documentsNameSettingsThatExist() {
        Set<String> settings = new LinkedHashSet<>();
        for (Method group : WorkerConfig.class.getMethods()) {
            for (Method setting : group.getReturnType().getMethods()) {
                settings.add(group.getName() + "." + dashed(setting.getName()));
            }
        }
        for (Path document : List.of(Delivered.RUNBOOK, Delivered.METRICS)) {
            List<String> named = new ArrayList<>();
            Matcher setting = SETTING.matcher(Delivered.read(document));
            while (setting.find()) {
                named.add(setting.group(1));
            }
            assertThat(named).as(document.toString()).isNotEmpty();
            named.removeAll(List.of("job.id")); // attributes of spans
            assertThat(settings).as(document.toString()).containsAll(named);
        }
    }

    private static WorkerMetric[] without(WorkerMetric left) {
        return Arrays.stream(WorkerMetric.values())
                .filter(metric -> metric != left)
                .toArray(WorkerMetric[]::new);
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
