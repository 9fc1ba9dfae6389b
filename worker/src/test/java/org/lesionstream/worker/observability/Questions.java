package org.lesionstream.worker.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What alerts and dashboards ask Prometheus for. */
final class Questions {
    private Questions() {}

    /** The alert rules by name, in their order. */
    static Map<String, JsonNode> alerts() {
        Map<String, JsonNode> rules = new LinkedHashMap<>();
        for (JsonNode group : yaml(Delivered.ALERTS).get("groups")) {
            for (JsonNode rule : group.get("rules")) {
                rules.put(rule.get("alert").asText(), rule);
            }
        }
        return rules;
    }

    /** The expressions of all alerts and all panels, by where they stand. */
    static Map<String, PromQl> all() {
        Map<String, PromQl> questions = new LinkedHashMap<>();
        alerts().forEach((name, rule) ->
                questions.put(name, PromQl.parse(rule.get("expr").asText())));
        for (Path file : Delivered.dashboards()) {
            for (JsonNode panel : panels(file)) {
                for (JsonNode target : panel.path("targets")) {
                    String place =
                            file.getFileName() + ": " + panel.get("title").asText() + " "
                                    + target.get("refId").asText();
                    questions.put(place, PromQl.parse(target.get("expr").asText()));
                }
            }
        }
        return questions;
    }

    static List<JsonNode> panels(Path dashboard) {
        List<JsonNode> panels = new ArrayList<>();
        json(dashboard).get("panels").forEach(panels::add);
        return panels;
    }

    static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static JsonNode yaml(Path file) {
        try {
            return new YAMLMapper().readTree(file.toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
