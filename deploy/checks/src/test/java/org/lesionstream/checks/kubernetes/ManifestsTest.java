package org.lesionstream.checks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionstream.checks.Project;

/** That everything in the manifests is of its type, and that whatever names something else names what is there. */
class ManifestsTest {
    private static final Pattern SECRET_BY_HAND = Pattern.compile("create secret generic (\\S+) ((?:--from-\\S+ ?)+)");
    private static final Pattern SECRET_KEY = Pattern.compile("--from-[a-z]+=([^=\\s]+)=");

    static List<Manifests> all() {
        return Manifests.all();
    }

    static List<Manifests> fleets() {
        return Manifests.fleets();
    }

    static Stream<Pods> pods() {
        return Manifests.all().stream().flatMap(manifests -> manifests.pods().stream());
    }

    static Stream<Pods.Container> ourContainers() {
        return pods().flatMap(pods -> pods.containers().stream()).filter(Pods.Container::isOurs);
    }

    @Test
    void areAllOfThese() {
        assertThat(all()).extracting(Manifests::name).contains("overlays/cpu", "overlays/gpu", "overlays/local");
        assertThat(fleets()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(ourContainers()).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("all")
    void haveNoFieldThatKubernetesDoesNotKnow(Manifests manifests) {
        assertThat(manifests.resources()).filteredOn(KubernetesTypes::knows).allSatisfy(KubernetesTypes::read);
    }

    @Test
    void wouldNotPassWithAMisspeltField() {
        Manifests cpu = Manifests.of("overlays/cpu");
        ((ObjectNode) cpu.pods("worker-urgent").spec()).put("terminationGracePeriod", 60);

        assertThatThrownBy(() -> KubernetesTypes.read(cpu.pods("worker-urgent").resource()))
                .hasMessageContaining("terminationGracePeriod");
    }

    @ParameterizedTest
    @MethodSource("pods")
    void selectTheirOwnPods(Pods pods) {
        JsonNode selector = pods.resource().at("/spec/selector/matchLabels");
        if (pods.resource().path("kind").asText().equals("Deployment")) {
            assertThat(Manifests.map(selector)).isNotEmpty();
        }
        assertThat(pods.labels().entrySet()).containsAll(Manifests.map(selector).entrySet());
        assertThat(Manifests.stream(pods.spec().path("topologySpreadConstraints")))
                .allSatisfy(constraint -> assertThat(Manifests.map(constraint.at("/labelSelector/matchLabels")))
                        .isEqualTo(Manifests.map(selector)));
    }

    @ParameterizedTest
    @MethodSource("fleets")
    void selectDisjointPods(Manifests fleet) {
        for (Pods one : fleet.pods()) {
            Map<String, String> selector = Manifests.map(one.resource().at("/spec/selector/matchLabels"));
            assertThat(fleet.pods().stream()
                            .filter(other -> !selector.isEmpty())
                            .filter(other -> other.labels().entrySet().containsAll(selector.entrySet())))
                    .as("pods that %s takes for its own", one)
                    .allSatisfy(other -> assertThat(other.name()).isEqualTo(one.name()));
        }
    }

    @ParameterizedTest
    @MethodSource("fleets")
    void protectReachAndServePodsThatExist(Manifests fleet) {
        List<Map<String, String>> labels = pods().map(Pods::labels).toList();
        Stream.of("PodDisruptionBudget", "Service", "NetworkPolicy")
                .flatMap(kind -> fleet.ofKind(kind).stream())
                .forEach(resource -> assertThat(labels)
                        .as(Manifests.title(resource))
                        .anySatisfy(pod -> assertThat(pod.entrySet())
                                .containsAll(selected(resource).entrySet())));
        assertThat(fleet.ofKind("NetworkPolicy"))
                .flatExtracting(policy -> policy.findValues("podSelector"))
                .filteredOn(
                        selector -> !Manifests.map(selector.path("matchLabels")).containsKey("lesionstream/calls"))
                .allSatisfy(selector -> assertThat(labels).anySatisfy(pod -> assertThat(pod.entrySet())
                        .containsAll(Manifests.map(selector.path("matchLabels")).entrySet())));
        for (ObjectNode service : fleet.ofKind("Service")) {
            assertThat(portsOf(fleet, selected(service)))
                    .as(Manifests.title(service))
                    .containsAll(service.findValuesAsText("targetPort"));
        }
        for (ObjectNode policy : fleet.ofKind("NetworkPolicy")) {
            assertThat(policy.at("/spec/ingress").findValues("port").stream()
                            .filter(JsonNode::isTextual)
                            .map(JsonNode::asText))
                    .as(Manifests.title(policy))
                    .isSubsetOf(portsOf(fleet, selected(policy)));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void nameAccountsPrioritiesMapsClaimsAndSecretsThatExist(Manifests manifests) {
        List<Manifests> together = List.of(manifests, Manifests.of("overlays/cpu"), Manifests.of("training"));
        Set<String> secrets = secretsMadeByHand();
        for (Pods pods : manifests.pods()) {
            if (pods.spec().has("serviceAccountName")) {
                assertThat(names(together, "ServiceAccount"))
                        .contains(pods.spec().path("serviceAccountName").asText());
            }
            if (pods.spec().has("priorityClassName")) {
                assertThat(names(together, "PriorityClass"))
                        .contains(pods.spec().path("priorityClassName").asText());
            }
            for (Pods.Container container : pods.containers()) {
                assertThat(names(together, "ConfigMap"))
                        .as(container.toString())
                        .containsAll(container.configMaps());
                assertThat(names(together, "PersistentVolumeClaim"))
                        .containsAll(container.claims().values());
                assertThat(container.secrets().values())
                        .as(container.toString())
                        .allSatisfy(key -> assertThat(secrets)
                                .as("Secrets that deploy/README.md makes")
                                .contains(key));
                container.secrets().values().forEach(key -> manifests
                        .secret(key.substring(0, key.indexOf('/')))
                        .ifPresent(brought -> assertThat(brought).containsKey(key.substring(key.indexOf('/') + 1))));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pods")
    void mountTheVolumesThatTheyHave(Pods pods) {
        Set<String> volumes = Set.copyOf(pods.spec().path("volumes").findValuesAsText("name"));
        Set<String> mounted = new HashSet<>();
        for (Pods.Container container : pods.containers()) {
            mounted.addAll(container.spec().path("volumeMounts").findValuesAsText("name"));
            assertThat(container.spec().path("volumeMounts").findValuesAsText("mountPath"))
                    .doesNotHaveDuplicates();
        }

        assertThat(mounted).isEqualTo(volumes);
    }

    @ParameterizedTest
    @MethodSource("ourContainers")
    void confineOurContainers(Pods.Container container) {
        JsonNode pod = container.pods().spec();
        JsonNode confined = container.spec().path("securityContext");

        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(confined.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(confined.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(confined.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod.path("enableServiceLinks").asBoolean(true)).isFalse();
        assertThat(container.spec().at("/resources/limits/memory").asText()).isNotEmpty();
        assertThat(container.spec().at("/resources/requests")).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("ourContainers")
    void letTheTrainerAloneWriteCheckpointsAndNobodyPictures(Pods.Container container) {
        boolean trainer = container.image().startsWith("lesionstream/trainer");
        container.claims().forEach((place, claim) -> assertThat(container.isReadOnly(place))
                .as("%s reads %s only", container, claim)
                .isEqualTo(!trainer || !claim.equals("checkpoints")));
    }

    @Test
    void giveEveryGpuWorkerOneGpu() {
        for (Pods pods : Manifests.of("overlays/gpu").pods()) {
            if (pods.labels().get("app.kubernetes.io/name").equals("worker")) {
                JsonNode resources = pods.container("worker").spec().path("resources");
                assertThat(resources.at("/limits/nvidia.com~1gpu").asInt()).isEqualTo(1);
                assertThat(resources.at("/requests/nvidia.com~1gpu").asInt()).isEqualTo(1);
            }
        }
        assertThat(Manifests.of("overlays/gpu").configMap("worker-settings"))
                .containsEntry("LESIONSTREAM_INFERENCE_DEVICE", "cuda");
    }

    private static Map<String, String> selected(JsonNode resource) {
        JsonNode selector = resource.path("kind").asText().equals("NetworkPolicy")
                ? resource.at("/spec/podSelector")
                : resource.at("/spec/selector");
        return Manifests.map(
                selector.has("matchLabels") || selector.has("matchExpressions") || selector.isEmpty()
                        ? selector.path("matchLabels")
                        : selector);
    }

    private static Set<String> portsOf(Manifests fleet, Map<String, String> selected) {
        return fleet.pods().stream()
                .filter(pods -> pods.labels().entrySet().containsAll(selected.entrySet()))
                .flatMap(pods -> pods.containers().stream())
                .flatMap(container -> container.spec().path("ports").findValuesAsText("name").stream())
                .collect(Collectors.toSet());
    }

    private static Set<String> names(List<Manifests> together, String kind) {
        return together.stream()
                .flatMap(manifests -> manifests.names(kind).stream())
                .collect(Collectors.toSet());
    }

    /** The Secrets that deploy/README.md says how to make, as {@code secret/key}. */
    private static Set<String> secretsMadeByHand() {
        Set<String> keys = new HashSet<>();
        Matcher command = SECRET_BY_HAND.matcher(
                Project.text("deploy/README.md").replace("\\\n", " ").replaceAll(" +", " "));
        while (command.find()) {
            Matcher key = SECRET_KEY.matcher(command.group(2));
            while (key.find()) {
                keys.add(command.group(1) + "/" + key.group(1));
            }
        }
        return keys;
    }
}
