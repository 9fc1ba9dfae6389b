package org.lesionstream.local.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.checkpoint.AliasChange;
import org.lesionstream.schemas.checkpoint.AliasHistory;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.Drift;
import org.lesionstream.schemas.checkpoint.ManifestCodec;
import org.lesionstream.schemas.checkpoint.NetworkDescription;
import org.lesionstream.schemas.checkpoint.OutputKind;
import org.lesionstream.schemas.checkpoint.OutputSpec;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.checkpoint.SegmentClass;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.lesion.LesionRules;

class SampleCheckpointTest {

    @TempDir
    private Path store;

    private final CheckpointManifest manifest = new CheckpointManifest(
            "bench",
            1,
            new NetworkDescription("unet-same", Map.of("base", "8")),
            List.of(new SegmentClass(1, "lesion", Optional.empty())),
            InputSpec.tiles(16, 32, 3, 0, 16),
            new OutputSpec(OutputKind.LABELS, 1, 0.5),
            LesionRules.ALL,
            List.of(new CheckpointFile(Precision.FP32, "model.fp32.pt", Digest.of(new byte[3]), 1, Drift.NONE)),
            "test",
            Instant.EPOCH);

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

    private SampleCheckpoint of(String reference) throws IOException {
        return SampleCheckpoint.of(CheckpointReference.parse(reference), store);
    }
}
