package org.lesionstream.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.checkpoint.AliasChange;
import org.lesionstream.schemas.checkpoint.AliasHistory;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.ManifestCodec;

class BenchCheckpointTest {

    @TempDir
    private Path store;

    private final CheckpointManifest manifest = SampleRun.manifest();

    @BeforeEach
    void publish() throws IOException {
        CheckpointLayout layout = new CheckpointLayout(store);
        Files.createDirectories(layout.versionFolder("bench", 1));
        ManifestCodec.write(layout.manifest("bench", 1), manifest);
        AliasChange change = new AliasChange("production", 1, Instant.EPOCH, "somebody", "a test");
        Files.write(layout.aliases("bench"), AliasHistory.EMPTY.append(change).print());
    }

    @Test
    void isFoundByVersionAliasAndDigest() throws IOException {
        assertThat(of("bench@1").manifest()).isEqualTo(manifest);
        assertThat(of("bench@production").manifest()).isEqualTo(manifest);
        assertThat(of(new CheckpointReference.ByDigest("bench", manifest.digest()).toString())
                        .manifest())
                .isEqualTo(manifest);
    }

    @Test
    void saysWhatTheStoreLacks() {
        assertThatThrownBy(() -> of("bench@staging")).hasMessage("the store has no bench@staging");
    }

    private BenchCheckpoint of(String reference) throws IOException {
        return BenchCheckpoint.of(CheckpointReference.parse(reference), store);
    }
}
