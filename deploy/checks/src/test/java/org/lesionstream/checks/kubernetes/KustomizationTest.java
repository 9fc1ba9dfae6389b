package org.lesionstream.checks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionstream.checks.Yaml;

class KustomizationTest {
    @TempDir
    private Path folder;

    static List<Manifests> all() {
        return Manifests.all();
    }

    @Test
    void namesEveryFile() throws IOException {
        Set<Path> named = Kustomization.below(Manifests.home()).stream()
                .flatMap(kustomization -> Stream.concat(
                        Stream.of(kustomization.resolve("kustomization.yaml")),
                        Kustomization.named(kustomization).stream()))
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.walk(Manifests.home())) {
            assertThat(files.filter(file -> file.toString().matches(".*\\.(yaml|yml|env)"))
                            // made for those who have what it needs, and applied by itself
                            .filter(file -> !file.getFileName().toString().startsWith("keda")))
                    .isSubsetOf(named);
        }
    }

    /** Ours is a small part of Kustomize; the real one must make the same of our files. */
    @ParameterizedTest
    @MethodSource("all")
    void isWhatKubectlMakesOfIt(Manifests manifests) throws Exception {
        Process kubectl;
        try {
            kubectl = new ProcessBuilder(
                            "kubectl",
                            "kustomize",
                            Manifests.home().resolve(manifests.name()).toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException absent) {
            assumeThat(absent).as("kubectl is not installed").isNull();
            return;
        }
        String printed = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(kubectl.waitFor()).isZero();
        for (String map : manifests.names("ConfigMap")) {
            printed = printed.replaceAll("\\b" + map + "-[a-z0-9]{10}\\b", map);
        }

        Map<String, JsonNode> theirs = byTitle(Yaml.documents(printed, "kubectl kustomize"));
        Map<String, JsonNode> ours = byTitle(manifests.resources());
        assertThat(ours.keySet()).isEqualTo(theirs.keySet());
        theirs.forEach((title, resource) ->
                assertThat(plain(ours.get(title))).as(title).isEqualTo(plain(resource)));
    }

    @Test
    void refusesAPatchThatHitsNothing() throws IOException {
        write("map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n");
        kustomization("resources: [map.yaml]\npatches:\n  - target: {kind: Secret}\n    patch: '[]'\n");

        assertThatThrownBy(() -> Kustomization.render(folder)).hasMessageContaining("hits nothing");
    }

    @Test
    void refusesAPatchOfWhatIsNotThere() throws IOException {
        write("map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n");
        kustomization("""
                resources: [map.yaml]
                patches:
                  - target: {kind: ConfigMap}
                    patch: |-
                      - {op: replace, path: /data/absent, value: x}
                """);

        assertThatThrownBy(() -> Kustomization.render(folder)).hasMessageContaining("data");
    }

    @Test
    void refusesAFileThatIsNotThere() throws IOException {
        kustomization("resources: [absent.yaml]\n");

        assertThatThrownBy(() -> Kustomization.render(folder)).hasMessageContaining("absent.yaml, which is not there");
    }

    @Test
    void refusesAKeyThatComesTwice() throws IOException {
        write("map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  name: others\n");
        kustomization("resources: [map.yaml]\n");

        assertThatThrownBy(() -> Kustomization.render(folder)).hasMessageContaining("duplicate key name");
    }

    private static Map<String, JsonNode> byTitle(Collection<? extends JsonNode> resources) {
        return resources.stream().collect(Collectors.toMap(Manifests::title, Function.identity()));
    }

    /** Numbers read from different texts may have different classes. */
    private static Object plain(JsonNode node) {
        if (node.isObject()) {
            return node.properties().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> plain(entry.getValue())));
        }
        if (node.isArray()) {
            return Manifests.stream(node).map(KustomizationTest::plain).toList();
        }
        return node.isNumber() ? node.decimalValue().stripTrailingZeros() : node.asText();
    }

    private void kustomization(String text) throws IOException {
        write("kustomization.yaml", "kind: Kustomization\n" + text);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
