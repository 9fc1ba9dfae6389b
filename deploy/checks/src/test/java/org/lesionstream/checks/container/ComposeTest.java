package org.lesionstream.checks.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionstream.checks.Project;
import org.lesionstream.checks.WorkerSettings;
import org.lesionstream.worker.pipeline.PipelineLifecycle;
import org.lesionstream.worker.pipeline.WorkerConfig;

class ComposeTest {
    private static final Set<String> TOP = Set.of("name", "services", "volumes");
    private static final Set<String> SERVICE = Set.of(
            "image",
            "command",
            "user",
            "read_only",
            "cap_drop",
            "security_opt",
            "tmpfs",
            "environment",
            "ports",
            "volumes",
            "restart",
            "stop_grace_period",
            "depends_on",
            "profiles",
            "network_mode",
            "healthcheck");

    private final Compose compose = Compose.read();

    static Stream<Map.Entry<String, JsonNode>> ours() {
        return Compose.read().services().entrySet().stream()
                .filter(service -> service.getValue().path("image").asText().startsWith("lesionstream/"));
    }

    @Test
    void hasTheWholeFleetAndNoMisspeltWord() {
        assertThat(compose.services().keySet())
                .contains("kafka", "postgres", "migration", "worker", "trainer", "prometheus", "grafana");
        assertThat(names(compose.document())).isSubsetOf(TOP);
        assertThat(compose.services().values())
                .allSatisfy(service -> assertThat(names(service)).isSubsetOf(SERVICE));
    }

    @Test
    void setsWhatTheWorkerKnows() {
        WorkerConfig config = WorkerSettings.read(compose.environment("worker"));

        assertThat(config.kafka().bootstrapServers()).startsWith("kafka:");
        assertThat(compose.environment("migration").keySet()).isSubsetOf(WorkerSettings.names());
        assertThat(mounts("worker")).contains(config.checkpoints().store().toString());
        assertThat(mounts("worker"))
                .containsAll(config.decode().fileRoots().orElseThrow().stream()
                        .map(Object::toString)
                        .toList());
        assertThat(mounts("trainer")).contains(config.checkpoints().store().toString());
        assertThat(Duration.parse("PT"
                        + compose.services()
                                .get("worker")
                                .path("stop_grace_period")
                                .asText()))
                .isGreaterThanOrEqualTo(PipelineLifecycle.longestStop(config));
    }

    @ParameterizedTest
    @MethodSource("ours")
    void confinesOurs(Map.Entry<String, JsonNode> service) {
        JsonNode ours = service.getValue();

        assertThat(ours.path("read_only").asBoolean()).isTrue();
        assertThat(ours.at("/cap_drop/0").asText()).isEqualTo("ALL");
        assertThat(ours.at("/security_opt/0").asText()).isEqualTo("no-new-privileges:true");
        assertThat(ours.path("user").asText()).isEqualTo("${USER_ID:-65532}:${GROUP_ID:-65532}");
        // without exec, a library for compressed messages could not unpack itself there
        assertThat(ours.at("/tmpfs/0").asText()).isEqualTo("/scratch:mode=1777,exec");
    }

    @Test
    void opensPortsToThisMachineAlone() {
        assertThat(compose.services().values()).allSatisfy(service -> assertThat(service.path("ports"))
                .allSatisfy(port -> assertThat(port.asText()).startsWith("127.0.0.1:")));
    }

    @Test
    void namesServicesVolumesAndFilesThatExist() {
        for (Map.Entry<String, JsonNode> service : compose.services().entrySet()) {
            assertThat(compose.services().keySet()).containsAll(dependencies(service.getValue()));
            for (JsonNode mount : service.getValue().path("volumes")) {
                String source = mount.asText().replaceFirst(":/.*", "");
                if (source.startsWith("./")) {
                    assertThat(Files.exists(Project.path("deploy").resolve(source)))
                            .as(service.getKey() + " mounts " + source)
                            .isTrue();
                } else if (!source.startsWith("${")) {
                    assertThat(names(compose.document().path("volumes"))).contains(source);
                }
            }
        }
        compose.services().forEach((name, service) -> service.path("depends_on")
                .properties()
                .forEach(other -> {
                    if (other.getValue().path("condition").asText().equals("service_healthy")) {
                        assertThat(compose.services().get(other.getKey()).has("healthcheck"))
                                .as("%s waits for the health of %s", name, other.getKey())
                                .isTrue();
                    }
                }));
    }

    private List<String> mounts(String service) {
        return Stream.of(compose.services().get(service).path("volumes"))
                .flatMap(mounts -> {
                    Stream.Builder<String> places = Stream.builder();
                    mounts.forEach(mount -> places.add(
                            mount.asText().replaceFirst(":r[ow]$", "").replaceFirst(".*:", "")));
                    return places.build();
                })
                .toList();
    }

    private static Set<String> dependencies(JsonNode service) {
        JsonNode said = service.path("depends_on");
        if (said.isObject()) {
            return names(said);
        }
        Set<String> listed = new TreeSet<>();
        said.forEach(name -> listed.add(name.asText()));
        return listed;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
