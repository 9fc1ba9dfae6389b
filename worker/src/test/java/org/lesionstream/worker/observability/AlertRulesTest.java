package org.lesionstream.worker.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Alerts, their tests and their runbook belong together. */
class AlertRulesTest {
    private static final Set<String> SEVERITIES = Set.of("critical", "warning");
    private static final List<String> QUESTIONS =
            List.of("**What it means.**", "**What to look at.**", "**What to do.**");

    private final Map<String, JsonNode> alerts = Questions.alerts();
    private final String runbook = Delivered.read(Delivered.RUNBOOK);

    @Test
    void everyAlertSaysHowBadItIsAndLeadsToItsSectionOfTheRunbook() {
        assertThat(alerts).hasSizeGreaterThan(10);
        alerts.forEach((name, rule) -> {
            assertThat(rule.at("/labels/severity").asText()).as(name).isIn(SEVERITIES);
            assertThat(rule.at("/annotations/summary").asText()).as(name).isNotBlank();
            assertThat(rule.at("/annotations/runbook_url").asText())
                    .as(name)
                    .isEqualTo("deploy/observability/RUNBOOK.md#" + name.toLowerCase(Locale.ROOT));
        });
    }

    @Test
    void theRunbookHasOneSectionForEachAlertWithAllThreeAnswers() {
        List<String> sections = List.of(runbook.split("\n## ")).subList(1, runbook.split("\n## ").length);

        assertThat(sections)
                .extracting(section -> section.lines().findFirst().orElse(""))
                .containsExactlyElementsOf(alerts.keySet());
        assertThat(sections).allSatisfy(section -> assertThat(section).contains(QUESTIONS));
    }

    @Test
    void theRunbookNamesNoOtherAlert() {
        List<String> named = new ArrayList<>();
        Matcher emphasised =
                Pattern.compile("\\*([A-Z][a-z]+(?:[A-Z][a-z]+)+)\\*").matcher(runbook);
        while (emphasised.find()) {
            named.add(emphasised.group(1));
        }
        assertThat(named).isNotEmpty().isSubsetOf(alerts.keySet());
    }

    @Test
    void everyAlertIsShownToFire() {
        List<String> fired = new ArrayList<>();
        for (JsonNode test :
                Questions.yaml(Delivered.FOLDER.resolve("alerts.test.yml")).get("tests")) {
            for (JsonNode sample : test.at("/promql_expr_test/0/exp_samples")) {
                fired.add(sample.get("labels").asText().replaceAll("\\{alertname=\"(\\w+)\"}", "$1"));
            }
        }
        assertThat(fired).containsExactlyElementsOf(alerts.keySet());
    }
}
