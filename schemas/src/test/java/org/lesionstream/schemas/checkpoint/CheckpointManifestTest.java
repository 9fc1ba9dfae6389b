package org.lesionstream.schemas.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionstream.schemas.testing.Contracts;

class CheckpointManifestTest {

    private final CheckpointManifest manifest = read(tree -> {});

    /** Recorded once. If this changes, the digests of every published checkpoint change with it. */
    @Test
    void theDigestOfAPublishedManifestNeverChanges() {
        assertThat(manifest.digest()).hasToString("f4fac21086ea8ef8b447505e960d279411a721cf029a42ac8ffd8e60083c246a");
    }

    @Test
    void vouchesForALineageAndSaysNothingWhereThereIsNone() {
        Digest lineage = Digest.of(new byte[] {1});
        CheckpointManifest vouching = manifest.withLineage(lineage);
        assertThat(vouching.lineage()).contains(lineage);
        assertThat(vouching.digest()).isNotEqualTo(manifest.digest());
        assertThat(ManifestCodec.parse(ManifestCodec.print(vouching))).isEqualTo(vouching);
        assertThat(new String(ManifestCodec.print(manifest), StandardCharsets.UTF_8))
                .doesNotContain("lineage");
    }

    @Test
    void theDigestDoesNotDependOnTheOrderOfKeysOrBlanks() {
        CheckpointManifest reversed = read(CheckpointManifestTest::reverseKeys);
        assertThat(reversed).isEqualTo(manifest);
        assertThat(reversed.digest()).isEqualTo(manifest.digest());
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', textBlock = """
            /output/threshold                   | 0.25
            /lesionRules/smallestAreaPixels     | 2
            /input/margin                       | 16
            /files/0/sha256                     | "0000000000000000000000000000000000000000000000000000000000000000"
            /files/1/drift/dice                 | 0.5
            /network/options/base               | "32"
            /version                            | 8
            /classes/0/name                     | "wound"
            /createdAt                          | "2026-11-20T12:00:01Z"
            """)
    void anotherRuleFileOrNumberIsAnotherDigest(String place, String value) {
        assertThat(read(set(place, value)).digest()).isNotEqualTo(manifest.digest());
    }

    @ParameterizedTest(name = "{0} = {1} is refused at {2}")
    @CsvSource(delimiter = '|', textBlock = """
            /extra                              | 1              | ''
            /lesionRules/mergeDistance          | 3              | /lesionRules
            /version                            | 0              | /version
            /output/threshold                   | 1              | /output/threshold
            /output/kind                        | "probabilities"| ''
            /output/maps                        | 3              | ''
            /input/type                         | "float"        | /input/type
            /input/intensity                    | {"kind":"sqrt"}| /input/intensity
            /input/intensity                    | {"kind":"window","low":5,"high":5} | /input/intensity
            /input/outputHeight                 | 100            | /input
            /files                              | []             | /files
            /files/1/precision                  | "fp32"         | ''
            /files/0/file                       | "../model.pt"  | /files/0/file
            /files/0/bytes                      | 0              | /files/0/bytes
            /classes                            | []             | /classes
            /classes/0/label                    | 2              | ''
            /createdAt                          | "today"        | /createdAt
            """)
    void refusesAFaultyManifestAtThePlaceOfTheFault(String place, String value, String pointer) {
        assertThatThrownBy(() -> read(set(place, value)))
                .isInstanceOfSatisfying(ContractViolationException.class, violation -> assertThat(violation.pointer())
                        .isEqualTo(pointer));
    }

    @Test
    void isNeverWrittenOverAnotherOne(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("manifest.json");
        ManifestCodec.write(file, manifest);
        assertThatThrownBy(() -> ManifestCodec.write(file, manifest)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void findsTheFileOfAPrecision() {
        assertThat(manifest.file(Precision.BF16)).hasValueSatisfying(file -> assertThat(file.file())
                .isEqualTo(CheckpointLayout.modelFile(Precision.BF16)));
        CheckpointManifest onlyFp32 = read(tree -> ((ArrayNode) tree.get("files")).remove(1));
        assertThat(onlyFp32.file(Precision.BF16)).isEmpty();
    }

    @Test
    void namesItselfInResults() {
        assertThat(manifest.identity()).isEqualTo(new CheckpointIdentity("lesion", 7, manifest.digest()));
    }

    private static CheckpointManifest read(Consumer<JsonNode> change) {
        return ManifestCodec.parse(Contracts.sample("checkpoint-manifest.v1", "binary-tiles", change));
    }

    private static Consumer<JsonNode> set(String place, String json) {
        int slash = place.lastIndexOf('/');
        String key = place.substring(slash + 1);
        JsonNode value = Contracts.tree(json.getBytes(StandardCharsets.UTF_8));
        return tree -> ((ObjectNode) tree.at(place.substring(0, slash))).set(key, value);
    }

    private static void reverseKeys(JsonNode node) {
        node.forEach(CheckpointManifestTest::reverseKeys);
        if (node instanceof ObjectNode object) {
            List<String> keys = new ArrayList<>();
            object.fieldNames().forEachRemaining(keys::add);
            Collections.reverse(keys);
            for (String key : keys) {
                object.set(key, object.remove(key));
            }
        }
    }
}
