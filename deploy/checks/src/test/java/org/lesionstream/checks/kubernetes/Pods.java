package org.lesionstream.checks.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A resource that makes pods: a Deployment or a Job. */
public record Pods(ObjectNode resource) {

    public String name() {
        return resource.at("/metadata/name").asText();
    }

    JsonNode spec() {
        return resource.at("/spec/template/spec");
    }

    Map<String, String> labels() {
        return Manifests.map(resource.at("/spec/template/metadata/labels"));
    }

    /** User that its containers run as. */
    public long user() {
        return spec().at("/securityContext/runAsUser").asLong();
    }

    /** Group that its containers run as. */
    public long group() {
        return spec().at("/securityContext/runAsGroup").asLong();
    }

    /** How long the platform waits for a container to stop. */
    public Duration gracePeriod() {
        return Duration.ofSeconds(spec().path("terminationGracePeriodSeconds").asLong(30));
    }

    /** All containers, in the order in which they start. */
    public List<Container> containers() {
        return Stream.concat(
                        Manifests.stream(spec().path("initContainers")), Manifests.stream(spec().path("containers")))
                .map(container -> new Container(this, container))
                .toList();
    }

    /** The container of that name. */
    public Container container(String container) {
        return containers().stream()
                .filter(one -> one.name().equals(container))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name() + " has no container " + container));
    }

    @Override
    public String toString() {
        return Manifests.title(resource);
    }

    /** One container of these pods. */
    public record Container(Pods pods, JsonNode spec) {

        public String name() {
            return spec.path("name").asText();
        }

        public String image() {
            return spec.path("image").asText();
        }

        /** Whether its image is one of ours. */
        public boolean isOurs() {
            return image().startsWith("lesionstream/");
        }

        public List<String> arguments() {
            List<String> arguments = new ArrayList<>();
            spec.path("args").forEach(argument -> arguments.add(argument.asText()));
            return arguments;
        }

        /** Maps that all of its environment comes from. */
        List<String> configMaps() {
            return Manifests.stream(spec.path("envFrom"))
                    .map(source -> source.at("/configMapRef/name").asText())
                    .toList();
        }

        /**
         * Its environment, without what comes from Secrets.
         *
         * @param manifests that hold the maps it names
         */
        public Map<String, String> environment(Manifests manifests) {
            Map<String, String> values = new LinkedHashMap<>();
            configMaps().forEach(map -> values.putAll(manifests.configMap(map)));
            spec.path("env").forEach(variable -> {
                if (variable.has("value")) {
                    values.put(
                            variable.path("name").asText(),
                            variable.path("value").asText());
                }
            });
            return values;
        }

        /** Variables that come from a key of a Secret, as {@code secret/key}. */
        public Map<String, String> secrets() {
            Map<String, String> keys = new LinkedHashMap<>();
            spec.path("env").forEach(variable -> {
                JsonNode key = variable.at("/valueFrom/secretKeyRef");
                if (key.isObject()) {
                    keys.put(
                            variable.path("name").asText(),
                            key.path("name").asText() + "/" + key.path("key").asText());
                }
            });
            return keys;
        }

        /** Places where something is mounted. */
        public List<String> places() {
            return spec.path("volumeMounts").findValuesAsText("mountPath");
        }

        /** Ports that it opens. */
        public List<Integer> ports() {
            return Manifests.stream(spec.path("ports"))
                    .map(port -> port.path("containerPort").asInt())
                    .toList();
        }

        /** Places of its volumes, each with the claim that is mounted there; an empty folder has none. */
        public Map<String, String> claims() {
            Map<String, String> claims = new LinkedHashMap<>();
            spec.path("volumeMounts").forEach(mount -> Manifests.stream(
                            pods.spec().path("volumes"))
                    .filter(volume -> volume.path("name").equals(mount.path("name")))
                    .filter(volume -> volume.has("persistentVolumeClaim"))
                    .forEach(volume -> claims.put(
                            mount.path("mountPath").asText(),
                            volume.at("/persistentVolumeClaim/claimName").asText())));
            return claims;
        }

        /** Whether a place is mounted for reading alone. */
        public boolean isReadOnly(String place) {
            return Manifests.stream(spec.path("volumeMounts"))
                    .filter(mount -> mount.path("mountPath").asText().equals(place))
                    .allMatch(mount -> mount.path("readOnly").asBoolean());
        }

        /** The path that a probe asks; {@code startupProbe} and so on. */
        public String probePath(String probe) {
            return spec.path(probe).at("/httpGet/path").asText();
        }

        @Override
        public String toString() {
            return pods + ", container " + name();
        }
    }
}
