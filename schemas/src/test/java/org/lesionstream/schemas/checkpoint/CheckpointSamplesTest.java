package org.lesionstream.schemas.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionstream.schemas.testing.Contracts;

class CheckpointSamplesTest {

    @ParameterizedTest
    @MethodSource("manifests")
    void everyManifestIsValidAndPrintsBackUnchanged(Path sample, @TempDir Path folder) throws IOException {
        byte[] json = Contracts.bytes(sample);
        CheckpointManifest manifest = ManifestCodec.parse(json);
        assertThat(Contracts.tree(ManifestCodec.print(manifest))).isEqualTo(Contracts.tree(json));

        Path file = folder.resolve("manifest.json");
        ManifestCodec.write(file, manifest);
        assertThat(ManifestCodec.read(file)).isEqualTo(manifest);
        assertThat(ManifestCodec.read(file).digest()).isEqualTo(manifest.digest());
    }

    @ParameterizedTest
    @MethodSource("aliasFiles")
    void everyAliasFileIsValidAndPrintsBackUnchanged(Path sample) {
        byte[] json = Contracts.bytes(sample);
        assertThat(Contracts.tree(AliasHistory.parse(json).print())).isEqualTo(Contracts.tree(json));
    }

    @ParameterizedTest
    @MethodSource("lineages")
    void everyLineageIsValidAndPrintsBackUnchanged(Path sample) {
        byte[] json = Contracts.bytes(sample);
        Lineage lineage = Lineage.parse(json);
        assertThat(Contracts.tree(lineage.print())).isEqualTo(Contracts.tree(json));
        assertThat(Lineage.parse(lineage.print())).isEqualTo(lineage);
    }

    @ParameterizedTest
    @MethodSource("notes")
    void everyNoteIsValidAndPrintsBackUnchanged(Path sample) {
        byte[] json = Contracts.bytes(sample);
        byte[] line = Contracts.tree(json).toString().getBytes(StandardCharsets.UTF_8);
        List<CheckpointNote> read = CheckpointNote.parse(line);
        assertThat(read).hasSize(1);
        assertThat(Contracts.tree(read.get(0).appendTo(new byte[0]))).isEqualTo(Contracts.tree(json));
    }

    static List<Path> lineages() {
        return Contracts.samples("checkpoint-lineage.v1");
    }

    static List<Path> notes() {
        return Contracts.samples("checkpoint-note.v1");
    }

    static List<Path> manifests() {
        return Contracts.samples("checkpoint-manifest.v1");
    }

    static List<Path> aliasFiles() {
        return Contracts.samples("checkpoint-aliases.v1");
    }
}
