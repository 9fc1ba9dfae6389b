package org.lesionstream.checks.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.zjsonpatch.JsonPatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.lesionstream.checks.Yaml;

/**
 * What Kustomize makes of a folder, as far as our kustomizations need it; what it does not know is an error.
 *
 * <ul>
 *   <li>A patch must hit something, a file must be there, and a generated map that is merged must exist.
 *   <li>The hash that Kustomize puts behind the name of a generated map is left out.
 *   <li>{@code KustomizationTest} compares it with the real one where {@code kubectl} is installed.
 * </ul>
 */
final class Kustomization {
    private static final String FILE = "kustomization.yaml";
    private static final Set<String> UNDERSTOOD = Set.of(
            "apiVersion",
            "kind",
            "namespace",
            "nameSuffix",
            "labels",
            "resources",
            "components",
            "images",
            "configMapGenerator",
            "secretGenerator",
            "patches");
    /** Kinds that belong to the cluster as a whole. */
    private static final Set<String> WITHOUT_NAMESPACE = Set.of("Namespace", "PriorityClass");

    private final Path folder;
    private final List<ObjectNode> resources;

    private Kustomization(Path folder, List<ObjectNode> resources) {
        this.folder = folder;
        this.resources = resources;
    }

    /** The resources of a folder, as they would be sent to the cluster. */
    static List<ObjectNode> render(Path folder) {
        Kustomization rendered = new Kustomization(folder, new ArrayList<>());
        rendered.apply("Kustomization");
        return rendered.resources;
    }

    private void apply(String kind) {
        ObjectNode said = Yaml.document(folder.resolve(FILE));
        said.fieldNames()
                .forEachRemaining(field -> require(UNDERSTOOD.contains(field), "does not understand " + field));
        require(said.path("kind").asText().equals(kind), "is no " + kind);

        said.path("resources")
                .forEach(resource -> add(folder.resolve(resource.asText()).normalize()));
        said.path("configMapGenerator").forEach(map -> generate(map, "ConfigMap", "data", value -> value));
        said.path("secretGenerator").forEach(map -> generate(map, "Secret", "data", Kustomization::base64));
        said.path("components").forEach(component -> new Kustomization(
                        folder.resolve(component.asText()).normalize(), resources)
                .apply("Component"));
        said.path("patches").forEach(this::patch);
        if (said.has("namespace")) {
            resources.forEach(
                    resource -> setNamespace(resource, said.get("namespace").asText()));
        }
        if (said.has("nameSuffix")) {
            resources.forEach(
                    resource -> rename(resource, said.get("nameSuffix").asText()));
        }
        said.path("labels").forEach(labels -> resources.forEach(resource -> label(resource, labels)));
        said.path("images").forEach(image -> resources.forEach(resource -> setImage(resource, image)));
    }

    private void add(Path path) {
        require(Files.exists(path), "names " + path + ", which is not there");
        List<ObjectNode> added = Files.isDirectory(path) ? render(path) : Yaml.documents(path);
        for (ObjectNode resource : added) {
            require(find(resource) == null, "has twice " + Manifests.title(resource));
            resources.add(resource);
        }
    }

    private ObjectNode find(ObjectNode like) {
        return resources.stream()
                .filter(resource -> Manifests.title(resource).equals(Manifests.title(like)))
                .findFirst()
                .orElse(null);
    }

    private void generate(JsonNode generator, String kind, String field, java.util.function.UnaryOperator<String> how) {
        Map<String, String> values = new LinkedHashMap<>();
        generator.path("envs").forEach(file -> values.putAll(EnvFile.read(folder.resolve(file.asText()))));
        generator.path("literals").forEach(literal -> {
            String[] parts = literal.asText().split("=", 2);
            values.put(parts[0], parts[1]);
        });
        ObjectNode map = ((ObjectNode) generator).objectNode();
        map.put("apiVersion", "v1").put("kind", kind);
        map.putObject("metadata").put("name", generator.path("name").asText());
        if (kind.equals("Secret")) {
            map.put("type", "Opaque");
        }
        ObjectNode existing = find(map);
        boolean merge = generator.path("behavior").asText().equals("merge");
        require((existing != null) == merge, "must merge what exists and nothing else: " + Manifests.title(map));
        if (!merge) {
            map.putObject(field);
            resources.add(map);
        }
        ObjectNode target = merge ? existing : map;
        values.forEach((name, value) -> ((ObjectNode) target.get(field)).put(name, how.apply(value)));
    }

    private static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    private void patch(JsonNode patch) {
        JsonNode target = patch.path("target");
        target.fieldNames()
                .forEachRemaining(field -> require(
                        Set.of("kind", "name", "labelSelector").contains(field),
                        "selects by what is not understood: " + field));
        JsonNode operations = Yaml.value(patch.path("patch").asText());
        require(operations.isArray(), "has a patch that is no list of operations");
        boolean hit = false;
        for (int i = 0; i < resources.size(); i++) {
            if (matches(resources.get(i), target)) {
                resources.set(i, (ObjectNode) JsonPatch.apply(operations, resources.get(i)));
                hit = true;
            }
        }
        require(hit, "has a patch that hits nothing: " + target);
    }

    private static boolean matches(ObjectNode resource, JsonNode target) {
        boolean kind = !target.has("kind") || target.get("kind").equals(resource.get("kind"));
        boolean name = !target.has("name") || target.get("name").equals(resource.at("/metadata/name"));
        boolean labels = Stream.of(target.path("labelSelector").asText().split(","))
                .filter(pair -> !pair.isBlank())
                .map(pair -> pair.split("=", 2))
                .allMatch(pair ->
                        resource.at("/metadata/labels").path(pair[0]).asText().equals(pair[1]));
        return kind && name && labels;
    }

    private static void setNamespace(ObjectNode resource, String namespace) {
        if (!WITHOUT_NAMESPACE.contains(resource.path("kind").asText())) {
            ((ObjectNode) resource.get("metadata")).put("namespace", namespace);
        }
    }

    private void rename(ObjectNode resource, String suffix) {
        ObjectNode metadata = (ObjectNode) resource.get("metadata");
        String name = metadata.get("name").asText();
        metadata.put("name", name + suffix);
    }

    private void label(ObjectNode resource, JsonNode labels) {
        require(labels.path("includeSelectors").asBoolean(), "labels without selectors, which is not understood");
        BiConsumer<JsonNode, String> put =
                (place, field) -> labels.get("pairs").properties().forEach(label -> {
                    if (place instanceof ObjectNode object) {
                        object.withObject("/" + field).set(label.getKey(), label.getValue());
                    }
                });
        put.accept(resource.get("metadata"), "labels");
        put.accept(resource.at("/spec/selector"), "matchLabels");
        put.accept(resource.at("/spec/template/metadata"), "labels");
        resource.at("/spec/template/spec/topologySpreadConstraints")
                .forEach(constraint -> put.accept(constraint.get("labelSelector"), "matchLabels"));
    }

    private static void setImage(ObjectNode resource, JsonNode image) {
        for (String containers : List.of("initContainers", "containers")) {
            for (JsonNode container : resource.at("/spec/template/spec/" + containers)) {
                if (container.path("image").asText().equals(image.path("name").asText())) {
                    String name =
                            image.path("newName").asText(image.path("name").asText());
                    ((ObjectNode) container)
                            .set(
                                    "image",
                                    TextNode.valueOf(
                                            name + ":" + image.path("newTag").asText()));
                }
            }
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(folder + " " + otherwise);
        }
    }

    /** Folders below this one that are kustomizations. */
    static List<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().equals(FILE))
                    .map(Path::getParent)
                    .sorted()
                    .toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What the kustomization of a folder names, as paths: files, folders and files of settings. */
    static List<Path> named(Path folder) {
        ObjectNode said = Yaml.document(folder.resolve(FILE));
        List<String> names = new ArrayList<>();
        said.path("resources").forEach(name -> names.add(name.asText()));
        said.path("components").forEach(name -> names.add(name.asText()));
        for (String generator : List.of("configMapGenerator", "secretGenerator")) {
            said.path(generator).forEach(map -> {
                if (map.path("envs") instanceof ArrayNode envs) {
                    envs.forEach(name -> names.add(name.asText()));
                }
            });
        }
        return names.stream().map(name -> folder.resolve(name).normalize()).toList();
    }
}
