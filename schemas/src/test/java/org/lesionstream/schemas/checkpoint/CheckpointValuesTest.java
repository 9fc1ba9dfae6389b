package org.lesionstream.schemas.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointValuesTest {

    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    /** The first example of FIPS 180-4. */
    @Test
    void digestsBytesAndFilesAlike(@TempDir Path folder) throws IOException {
        byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);
        Path file = Files.write(folder.resolve("abc"), abc);
        assertThat(Digest.of(abc)).hasToString(ABC).isEqualTo(Digest.of(file)).isEqualTo(new Digest(ABC));
        assertThat(Digest.of(abc).bytes()).hasSize(32).startsWith(0xba, 0x78);
    }

    @Test
    void readsEveryFormOfReference() {
        assertThat(CheckpointReference.parse("lesion@production"))
                .isEqualTo(new CheckpointReference.ByAlias("lesion", "production"));
        assertThat(CheckpointReference.parse("lesion@7")).isEqualTo(new CheckpointReference.ByVersion("lesion", 7));
        assertThat(CheckpointReference.parse("lesion@sha256:" + ABC))
                .isEqualTo(new CheckpointReference.ByDigest("lesion", new Digest(ABC)));
        assertThat(CheckpointReference.parse("skin.v2_x-1@sha256")).isInstanceOf(CheckpointReference.ByAlias.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lesion@production", "lesion@7", "lesion@sha256:" + ABC})
    void aReferencePrintsAsItWasRead(String text) {
        assertThat(CheckpointReference.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lesion",
                "@1",
                "lesion@",
                "lesion@0",
                "lesion@07",
                "lesion@-1",
                "lesion@9999999999",
                "Lesion@1",
                "lesion@Production",
                "../lesion@1",
                "a/b@1",
                ".x@1",
                "lesion@1\n",
                "lesion@sha256:abc",
                "lesion@1@2",
                " lesion@1"
            })
    void refusesWhatIsNoReferenceWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> CheckpointReference.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("had " + text.length() + " characters");
    }

    @Test
    void saysWhereEverythingIs() {
        CheckpointLayout layout = new CheckpointLayout(Path.of("store"));
        assertThat(layout.versionFolder("lesion", 7)).isEqualTo(Path.of("store/lesion/7"));
        assertThat(layout.manifest("lesion", 7)).isEqualTo(Path.of("store/lesion/7/manifest.json"));
        assertThat(layout.aliases("lesion")).isEqualTo(Path.of("store/lesion/aliases.json"));
        assertThat(CheckpointLayout.modelFile(Precision.BF16)).isEqualTo("model.bf16.pt");
        assertThat(CheckpointLayout.weights()).isEqualTo("weights.safetensors");
        assertThatThrownBy(() -> layout.versionFolder("..", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> layout.versionFolder("lesion", 0)).hasMessageContaining("was 0");
    }

    @Test
    void anAliasHistoryOnlyGrows() {
        AliasChange first = change("production", 1);
        AliasChange second = change("production", 2);
        AliasHistory one = AliasHistory.EMPTY.append(first);
        AliasHistory two = one.append(second);
        assertThat(one.changes()).containsExactly(first);
        assertThat(two.changes()).containsExactly(first, second);
        assertThat(two.current()).containsExactly(Map.entry("production", 2));
        assertThat(two.version("production")).hasValue(2);
        assertThat(two.version("canary")).isEmpty();
        assertThatThrownBy(() -> two.changes().remove(0)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(AliasHistory.parse(two.print())).isEqualTo(two);
    }

    @Test
    void aMissingAliasFileIsAnEmptyHistory(@TempDir Path folder) throws IOException {
        assertThat(AliasHistory.read(folder.resolve("aliases.json"))).isEqualTo(AliasHistory.EMPTY);
    }

    @Test
    void aDamagedAliasFileIsAFaultAndNotAnEmptyHistory(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("aliases.json"), "{\"changes\":");
        assertThatThrownBy(() -> AliasHistory.read(file)).isInstanceOf(ContractViolationException.class);
    }

    @Test
    void precisionsHaveWords() {
        assertThat(Stream.of(Precision.values()).map(Precision::text)).containsExactly("fp32", "bf16", "fp16");
        assertThat(Precision.ofText("bf16")).isEqualTo(Precision.BF16);
        assertThatThrownBy(() -> Precision.ofText("FP32")).hasMessageContaining("was FP32");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesWhatCannotBe(String message, ThrowingCallable construction) {
        assertThatThrownBy(construction)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    static Stream<Arguments> refused() {
        Digest digest = new Digest(ABC);
        return Stream.of(
                of("had 3 characters", () -> new Digest("abc")),
                of("lower case", () -> new Digest(ABC.toUpperCase(Locale.ROOT))),
                of("version must be at least 1, was 0", () -> new CheckpointIdentity("lesion", 0, digest)),
                of("name must match", () -> new CheckpointIdentity("Lesion", 1, digest)),
                of("alias must match", () -> change("7", 1)),
                of("version must be at least 1, was 0", () -> change("production", 0)),
                of("who and why", () -> new AliasChange("a", 1, Instant.EPOCH, " ", "why")),
                of("who and why", () -> new AliasChange("a", 1, Instant.EPOCH, "who", "")),
                of("labelDisagreement must be from 0 to 1, was NaN", () -> new Drift(Double.NaN, 1)),
                of("dice must be from 0 to 1, was 1.5", () -> new Drift(0, 1.5)),
                of("file must match", () -> new CheckpointFile(Precision.FP32, "a/b", digest, 1, Drift.NONE)),
                of("file must match", () -> new CheckpointFile(Precision.FP32, "..", digest, 1, Drift.NONE)),
                of(
                        "bytes must be at least 1, was 0",
                        () -> new CheckpointFile(Precision.FP32, "a", digest, 0, Drift.NONE)),
                of("maps must be from 1 to 256, was 0", () -> new OutputSpec(OutputKind.LABELS, 0, 0.5)),
                of("threshold must lie between 0 and 1, was 0.0", () -> new OutputSpec(OutputKind.LABELS, 1, 0)),
                of(
                        "threshold must lie between 0 and 1, was NaN",
                        () -> new OutputSpec(OutputKind.LABELS, 1, Double.NaN)),
                of("name must not be blank", () -> new NetworkDescription("", Map.of())),
                of("label must be from 1 to 255, was 0", () -> new SegmentClass(0, "x", Optional.empty())),
                of("name must not be blank", () -> new SegmentClass(1, " ", Optional.empty())),
                of("scheme must have 1 to 16 characters", () -> new DicomCode("", "1", "x")),
                of("value must have 1 to 64 characters", () -> new DicomCode("SCT", "", "x")),
                of("meaning must have 1 to 64 characters", () -> new DicomCode("SCT", "1", "x".repeat(65))));
    }

    private static Arguments of(String message, ThrowingCallable construction) {
        return Arguments.of(message, construction);
    }

    private static AliasChange change(String alias, int version) {
        return new AliasChange(alias, version, Instant.parse("2026-11-20T12:00:00Z"), "ada", "because");
    }
}
