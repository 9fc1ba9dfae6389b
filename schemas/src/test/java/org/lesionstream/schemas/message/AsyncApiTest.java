package org.lesionstream.schemas.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionstream.schemas.testing.Contracts;

/** The documents that others read in place of our code. */
class AsyncApiTest {

    private final JsonNode document = yaml();

    @Test
    void isAnAsyncApiDocumentOfVersionThree() {
        assertThat(document.at("/asyncapi").asText()).isEqualTo("3.0.0");
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = references(document);
        assertThat(references).hasSizeGreaterThan(20);
        for (String reference : references) {
            if (reference.startsWith("#")) {
                assertThat(document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse();
            } else {
                assertThat(Contracts.FOLDER.resolve(reference)).isRegularFile();
            }
        }
    }

    @Test
    void everyTopicHasAChannelAndAnOperation() {
        Map<String, String> topics = new TreeMap<>();
        document.get("channels")
                .forEach(channel -> topics.put(
                        channel.get("address").asText(),
                        document.at(channel.get("messages")
                                        .elements()
                                        .next()
                                        .get("$ref")
                                        .asText()
                                        .substring(1))
                                .get("name")
                                .asText()));
        assertThat(topics)
                .containsExactly(
                        Map.entry("case-results", MessageType.CASE_RESULT.ceType()),
                        Map.entry("image-jobs", MessageType.IMAGE_JOB.ceType()),
                        Map.entry("image-jobs-backfill", MessageType.IMAGE_JOB.ceType()),
                        Map.entry("image-jobs-dead-letter", MessageType.DEAD_LETTER.ceType()),
                        Map.entry("segmentation-results", MessageType.SEGMENTATION_RESULT.ceType()));
        List<String> used = new ArrayList<>();
        document.get("operations")
                .forEach(operation -> used.add(operation.at("/channel/$ref").asText()));
        List<String> channels = new ArrayList<>();
        document.get("channels").fieldNames().forEachRemaining(name -> channels.add("#/channels/" + name));
        assertThat(used).containsExactlyInAnyOrderElementsOf(channels);
    }

    @Test
    void everyMessageTypePointsToItsSchema() {
        for (MessageType type : MessageType.values()) {
            List<String> schemas = new ArrayList<>();
            document.at("/components/messages").forEach(message -> {
                if (message.get("name").asText().equals(type.ceType())) {
                    schemas.add("contract/" + message.at("/payload/schema/$ref").asText());
                }
            });
            assertThat(schemas).containsExactly(type.schemaResource());
        }
    }

    @Test
    void theHeadersAreThoseOfCloudEvents() {
        List<String> headers = new ArrayList<>();
        document.at("/components/schemas/cloudEventHeaders/properties")
                .fieldNames()
                .forEachRemaining(headers::add);
        assertThat(headers)
                .containsExactlyInAnyOrder(
                        "ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time", "content-type", "traceparent");
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everyFieldOfEverySchemaIsDescribedAndEveryReferenceResolves(Path file) {
        JsonNode schema = Contracts.tree(Contracts.bytes(file));
        assertThat(schema.get("$id").asText()).endsWith("/" + file.getFileName());
        assertThat(undescribed(schema, "")).isEmpty();
        for (String reference : references(schema)) {
            if (reference.startsWith("#")) {
                assertThat(schema.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse();
            } else {
                assertThat(file.resolveSibling(reference)).isRegularFile();
            }
        }
    }

    static List<Path> schemas() throws IOException {
        try (Stream<Path> files = Files.list(Contracts.FOLDER)) {
            List<Path> schemas = files.filter(file -> file.toString().endsWith(".schema.json"))
                    .sorted()
                    .toList();
            assertThat(schemas).hasSizeGreaterThan(5);
            return schemas;
        }
    }

    /** Pointers of the properties that have no description, neither here nor where they refer to. */
    private static List<String> undescribed(JsonNode node, String pointer) {
        List<String> found = new ArrayList<>();
        node.properties().forEach(field -> {
            if (field.getKey().equals("properties")) {
                field.getValue().properties().forEach(property -> {
                    if (!property.getValue().has("description")
                            && !property.getValue().has("$ref")) {
                        found.add(pointer + "/properties/" + property.getKey());
                    }
                });
            }
            found.addAll(undescribed(field.getValue(), pointer + "/" + field.getKey()));
        });
        return found;
    }

    private static List<String> references(JsonNode node) {
        return node.findValuesAsText("$ref");
    }

    private static JsonNode yaml() {
        try {
            return new YAMLMapper().readTree(Contracts.bytes(Contracts.FOLDER.resolve("asyncapi.yaml")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
