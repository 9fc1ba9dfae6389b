package org.lesionstream.checks.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesionstream.checks.Project;
import org.lesionstream.checks.Yaml;

/** What {@code deploy/compose.yaml} says. */
record Compose(ObjectNode document) {

    static Compose read() {
        return new Compose(Yaml.document(Project.path("deploy/compose.yaml")));
    }

    Map<String, JsonNode> services() {
        Map<String, JsonNode> services = new LinkedHashMap<>();
        document.path("services").properties().forEach(one -> services.put(one.getKey(), one.getValue()));
        return services;
    }

    List<String> images() {
        return services().values().stream()
                .map(service -> service.path("image").asText())
                .toList();
    }

    /** The environment of a service. */
    Map<String, String> environment(String service) {
        Map<String, String> values = new LinkedHashMap<>();
        services()
                .get(service)
                .path("environment")
                .properties()
                .forEach(one -> values.put(one.getKey(), one.getValue().asText()));
        return values;
    }
}
