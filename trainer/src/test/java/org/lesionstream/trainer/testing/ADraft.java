package org.lesionstream.trainer.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.Drift;
import org.lesionstream.schemas.checkpoint.NetworkDescription;
import org.lesionstream.schemas.checkpoint.OutputKind;
import org.lesionstream.schemas.checkpoint.OutputSpec;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.checkpoint.SegmentClass;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.trainer.registry.CheckpointWriter;

/** A small checkpoint: one file that holds a word instead of a network, which the store cannot tell apart. */
public final class ADraft implements CheckpointWriter {

    private final String name;
    private final String word;

    public ADraft(String name, String word) {
        this.name = name;
        this.word = word;
    }

    @Override
    public IntFunction<CheckpointManifest> write(Path folder) throws IOException {
        String fileName = CheckpointLayout.modelFile(Precision.FP32);
        byte[] content = word.getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve(fileName), content);
        CheckpointFile file =
                new CheckpointFile(Precision.FP32, fileName, Digest.of(content), content.length, Drift.NONE);
        return version -> new CheckpointManifest(
                name,
                version,
                new NetworkDescription("unet-same", Map.of("base", "16")),
                List.of(new SegmentClass(1, "lesion", Optional.empty())),
                InputSpec.tiles(256, 256, 3, 32, 16),
                new OutputSpec(OutputKind.LABELS, 1, 0.5),
                LesionRules.ALL,
                List.of(file),
                "test",
                Instant.parse("2026-11-20T12:00:00Z"));
    }
}
