package org.lesionstream.checks.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.lesionstream.checks.Project;
import org.lesionstream.checks.Yaml;

/** The resources that one kustomization sends to a cluster. */
public record Manifests(String name, List<ObjectNode> resources) {
    private static final Path HOME = Project.path("deploy/kubernetes");

    @Override
    public String toString() {
        return name;
    }

    /**
     * What Kustomize would make of a folder.
     *
     * @param folder below {@code deploy/kubernetes}
     */
    public static Manifests of(String folder) {
        return new Manifests(folder, Kustomization.render(HOME.resolve(folder)));
    }

    static Path home() {
        return HOME;
    }

    /** Every kustomization that somebody deploys. */
    public static List<Manifests> all() {
        return Kustomization.below(HOME).stream()
                .filter(folder -> !folder.startsWith(HOME.resolve("base")))
                .filter(folder -> kind(folder).equals("Kustomization"))
                .map(folder -> HOME.relativize(folder).toString())
                .map(Manifests::of)
                .toList();
    }

    private static String kind(Path folder) {
        return Yaml.document(folder.resolve("kustomization.yaml")).path("kind").asText();
    }

    /** The overlays with a fleet. */
    static List<Manifests> fleets() {
        return all().stream()
                .filter(manifests -> !manifests.ofKind("Deployment").isEmpty())
                .toList();
    }

    List<ObjectNode> ofKind(String kind) {
        return resources.stream()
                .filter(resource -> resource.path("kind").asText().equals(kind))
                .toList();
    }

    /** Resources that make pods. */
    public List<Pods> pods() {
        return resources.stream()
                .filter(resource -> resource.at("/spec/template/spec").isObject())
                .map(Pods::new)
                .toList();
    }

    /** The resource that makes pods under that name. */
    public Pods pods(String resource) {
        return pods().stream()
                .filter(pods -> pods.name().equals(resource))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " has no " + resource));
    }

    /** Names of the resources of a kind. */
    Set<String> names(String kind) {
        Set<String> names = new LinkedHashSet<>();
        ofKind(kind).forEach(resource -> names.add(resource.at("/metadata/name").asText()));
        return names;
    }

    /** The values of a ConfigMap. */
    public Map<String, String> configMap(String map) {
        return values("ConfigMap", map).orElseThrow(() -> new AssertionError(name + " has no ConfigMap " + map));
    }

    /** The values of a Secret, if the kustomization brings it; most are made by hand. */
    Optional<Map<String, String>> secret(String secret) {
        return values("Secret", secret).map(encoded -> {
            encoded.replaceAll((key, value) -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
            return encoded;
        });
    }

    private Optional<Map<String, String>> values(String kind, String wanted) {
        return ofKind(kind).stream()
                .filter(resource -> resource.at("/metadata/name").asText().equals(wanted))
                .findFirst()
                .map(resource -> {
                    Map<String, String> values = new LinkedHashMap<>();
                    resource.path("data")
                            .properties()
                            .forEach(entry ->
                                    values.put(entry.getKey(), entry.getValue().asText()));
                    return values;
                });
    }

    /** Kind and name, for messages and comparisons. */
    static String title(JsonNode resource) {
        return resource.path("kind").asText() + " "
                + resource.at("/metadata/name").asText();
    }

    /** Labels as a map. */
    static Map<String, String> map(JsonNode labels) {
        Map<String, String> values = new LinkedHashMap<>();
        labels.properties()
                .forEach(label -> values.put(label.getKey(), label.getValue().asText()));
        return values;
    }

    static Stream<JsonNode> stream(JsonNode array) {
        Stream.Builder<JsonNode> all = Stream.builder();
        array.forEach(all);
        return all.build();
    }
}
