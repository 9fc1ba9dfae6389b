package org.lesionstream.local.scale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lesionstream.local.scale.model.PoolSettings;
import org.lesionstream.local.scale.model.ScaleSettings;
import org.lesionstream.local.scale.model.ScalingRules;
import org.lesionstream.local.scale.model.ServiceTimes;
import org.lesionstream.local.scale.model.TriggerSettings;
import org.lesionstream.local.traffic.JobLane;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The manifests say what the simulation has chosen. */
class AutoscalingManifestsTest {

    private static final Path PROJECT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final Path COMPONENTS = PROJECT.resolve("deploy/kubernetes/components");
    private static final Path WORKER = PROJECT.resolve("worker/src/main/java/org/lesionstream/worker");
    private static final Pattern METRIC = Pattern.compile("lesionstream_[a-z_]+");
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @EnumSource(JobLane.class)
    void scaleTheDeploymentOfTheLaneByItsOwnTopic(JobLane lane) throws IOException {
        JsonNode object = scaledObject(lane);
        JsonNode trigger = object.at("/spec/triggers/0");

        assertThat(object.at("/apiVersion").asText()).isEqualTo("keda.sh/v1alpha1");
        assertThat(object.at("/spec/scaleTargetRef/name").asText()).isEqualTo(deployment(lane));
        assertThat(object.at("/spec/triggers")).hasSize(1);
        assertThat(trigger.at("/type").asText()).isEqualTo("kafka");
        assertThat(trigger.at("/metadata/topic").asText()).isEqualTo(lane.topic());
        assertThat(trigger.at("/metadata/consumerGroup").asText()).isEqualTo(defaultOf("String group\\(\\)"));
        assertThat(trigger.at("/metadata/offsetResetPolicy").asText()).isEqualTo("earliest");
    }

    @ParameterizedTest
    @EnumSource(JobLane.class)
    void sayWhatIsChosen(JobLane lane) throws IOException {
        PoolSettings chosen = pool(Candidates.manifests(), lane);
        JsonNode spec = scaledObject(lane).path("spec");
        JsonNode metadata = spec.at("/triggers/0/metadata");
        TriggerSettings.Lag lag = (TriggerSettings.Lag) chosen.trigger().orElseThrow();

        assertThat(spec.path("minReplicaCount").intValue()).isEqualTo(chosen.minReplicaCount());
        assertThat(spec.path("maxReplicaCount").intValue()).isEqualTo(chosen.maxReplicaCount());
        assertThat(spec.path("pollingInterval").intValue()).isEqualTo(chosen.pollingInterval());
        assertThat(metadata.path("lagThreshold").textValue()).isEqualTo(String.valueOf(lag.lagThreshold()));
        assertThat(metadata.path("activationLagThreshold").textValue())
                .isEqualTo(String.valueOf(lag.activationLagThreshold()));
        assertThat(metadata.path("limitToPartitionsWithLag").textValue())
                .isEqualTo(String.valueOf(lag.limitToPartitionsWithLag()));
        assertThat(metadata.path("excludePersistentLag").textValue())
                .isEqualTo(String.valueOf(lag.excludePersistentLag()));
        assertThat(metadata.has("ensureEvenDistributionOfPartitions"))
                .isEqualTo(lag.ensureEvenDistributionOfPartitions());
        JsonNode behavior = spec.at("/advanced/horizontalPodAutoscalerConfig/behavior");
        assertThat(rules(behavior.path("scaleUp"))).isEqualTo(chosen.up());
        assertThat(rules(behavior.path("scaleDown"))).isEqualTo(chosen.down());
    }

    @Test
    void letOnlyTheBackfillVanish() throws IOException {
        JsonNode urgent = scaledObject(JobLane.URGENT).path("spec");
        JsonNode backfill = scaledObject(JobLane.BACKFILL).path("spec");

        assertThat(urgent.path("minReplicaCount").intValue()).isPositive();
        assertThat(urgent.has("idleReplicaCount")).isFalse();
        assertThat(backfill.path("minReplicaCount").intValue()).isZero();
        assertThat(backfill.path("cooldownPeriod").intValue())
                .isEqualTo(Candidates.manifests().backfill().cooldownPeriod());
    }

    @Test
    void growForTheReturnOfTheBroker() throws IOException {
        PoolSettings.Fallback chosen =
                Candidates.manifests().urgent().fallback().orElseThrow();
        JsonNode fallback = scaledObject(JobLane.URGENT).at("/spec/fallback");

        assertThat(fallback.path("failureThreshold").intValue()).isEqualTo(chosen.failureThreshold());
        assertThat(fallback.path("replicas").intValue()).isEqualTo(chosen.replicas());
        assertThat(fallback.path("behavior").asText().equals("currentReplicasIfHigher"))
                .isEqualTo(chosen.ifHigher());
        assertThat(scaledObject(JobLane.BACKFILL).at("/spec/fallback").isMissingNode())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(JobLane.class)
    void sayTheSameByTimeToClear(JobLane lane) throws IOException {
        PoolSettings chosen = pool(timeToClear(), lane);
        JsonNode spec = autoscaler(lane).path("spec");
        JsonNode external = spec.at("/metrics/0/external");
        TriggerSettings.TimeToClear target =
                (TriggerSettings.TimeToClear) chosen.trigger().orElseThrow();

        assertThat(spec.at("/scaleTargetRef/name").asText()).isEqualTo(deployment(lane));
        assertThat(spec.path("minReplicas").intValue()).isEqualTo(Math.max(1, chosen.minReplicaCount()));
        assertThat(spec.path("maxReplicas").intValue()).isEqualTo(chosen.maxReplicaCount());
        assertThat(external.at("/metric/name").asText()).isEqualTo("lesionstream_worker_seconds_to_clear");
        assertThat(external.at("/metric/selector/matchLabels/lane").asText()).isEqualTo(word(lane));
        assertThat(external.at("/target/averageValue").asText()).isEqualTo(String.valueOf(target.targetSeconds()));
        assertThat(rules(spec.at("/behavior/scaleUp"))).isEqualTo(chosen.up());
        assertThat(rules(spec.at("/behavior/scaleDown"))).isEqualTo(chosen.down());
    }

    @Test
    void askOnlyForMetricsThatTheWorkerHas() throws IOException {
        Set<String> known = Pattern.compile("^    ([A-Z_]+)\\(\\s*Kind", Pattern.MULTILINE)
                .matcher(Files.readString(WORKER.resolve("telemetry/WorkerMetric.java")))
                .results()
                .map(name -> "lesionstream_" + name.group(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        List<String> asked = METRIC.matcher(Files.readString(COMPONENTS.resolve("time-to-clear/rule.yaml")))
                .results()
                .map(name -> name.group())
                .toList();

        assertThat(known).contains("lesionstream_lag");
        assertThat(asked).hasSizeGreaterThan(4).allSatisfy(name -> assertThat(known)
                .anySatisfy(metric -> assertThat(name).startsWith(metric)));
    }

    @Test
    void useOnlyRecordsThatTheRuleMakes() throws IOException {
        JsonNode rule = documents("time-to-clear/rule.yaml").get(0);
        Set<String> made = Set.copyOf(rule.findValuesAsText("record"));
        String expressions = String.join(" ", rule.findValuesAsText("expr"));
        Matcher used = Pattern.compile("lesionstream:[a-z_]+").matcher(expressions);

        assertThat(used.results().map(name -> name.group())).isNotEmpty().isSubsetOf(made);
        assertThat(made).contains("lesionstream:worker_seconds_to_clear");
        assertThat(expressions).contains(String.format(Locale.ROOT, "> %.0f", ScaleOptions.DEADLINE_SECONDS / 2));
    }

    @ParameterizedTest
    @EnumSource(Component.class)
    void areAllNamedByTheirComponent(Component component) throws IOException {
        Path folder = COMPONENTS.resolve(component.folder);
        JsonNode said = documents(component.folder + "/kustomization.yaml").get(0);
        List<String> named = new ArrayList<>();
        said.path("resources").forEach(name -> named.add(name.asText()));

        assertThat(said.path("kind").asText()).isEqualTo("Component");
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml") && !name.equals("kustomization.yaml")))
                    .containsExactlyInAnyOrderElementsOf(named);
        }
    }

    /** The folders. */
    private enum Component {
        KEDA("keda"),
        TIME_TO_CLEAR("time-to-clear");

        private final String folder;

        Component(String folder) {
            this.folder = folder;
        }
    }

    private static JsonNode scaledObject(JobLane lane) throws IOException {
        return documents("keda/" + deployment(lane) + ".yaml").get(0);
    }

    private static JsonNode autoscaler(JobLane lane) throws IOException {
        return documents("time-to-clear/autoscalers.yaml").stream()
                .filter(document -> document.at("/metadata/name").asText().equals(deployment(lane)))
                .findFirst()
                .orElseThrow();
    }

    private static ScaleSettings timeToClear() {
        return new Candidates(ServiceTimes.measured(), ScaleOptions.DEADLINE_SECONDS, Candidates.IN_FLIGHT)
                .all().stream()
                        .filter(settings -> settings.name().equals("time-to-clear"))
                        .findFirst()
                        .orElseThrow();
    }

    private static PoolSettings pool(ScaleSettings settings, JobLane lane) {
        return lane == JobLane.URGENT ? settings.urgent() : settings.backfill();
    }

    private static String deployment(JobLane lane) {
        return "worker-" + word(lane);
    }

    private static String word(JobLane lane) {
        return lane.name().toLowerCase(Locale.ROOT);
    }

    private static ScalingRules rules(JsonNode said) {
        List<ScalingRules.Policy> policies = new ArrayList<>();
        said.path("policies")
                .forEach(policy -> policies.add(new ScalingRules.Policy(
                        ScalingRules.Kind.valueOf(policy.path("type").asText().toUpperCase(Locale.ROOT)),
                        policy.path("value").intValue(),
                        policy.path("periodSeconds").intValue())));
        return new ScalingRules(said.path("stabilizationWindowSeconds").intValue(), policies);
    }

    /** The default of a setting of the worker, whose classes are not known here. */
    private static String defaultOf(String declaration) throws IOException {
        Matcher found = Pattern.compile("@WithDefault\\(\"([^\"]*)\"\\)\\s+" + declaration)
                .matcher(Files.readString(WORKER.resolve("pipeline/WorkerConfig.java")));
        assertThat(found.find()).as(declaration).isTrue();
        return found.group(1);
    }

    private static List<JsonNode> documents(String file) throws IOException {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        List<JsonNode> documents = new ArrayList<>();
        new Yaml(new SafeConstructor(strict))
                .loadAll(Files.readString(COMPONENTS.resolve(file)))
                .forEach(document -> documents.add(JSON.valueToTree(document)));
        return documents;
    }
}
