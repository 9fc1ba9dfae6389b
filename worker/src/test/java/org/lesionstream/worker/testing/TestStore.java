package org.lesionstream.worker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.AliasChange;
import org.lesionstream.schemas.checkpoint.AliasHistory;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.Drift;
import org.lesionstream.schemas.checkpoint.ManifestCodec;
import org.lesionstream.schemas.checkpoint.NetworkDescription;
import org.lesionstream.schemas.checkpoint.OutputKind;
import org.lesionstream.schemas.checkpoint.OutputSpec;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.checkpoint.SegmentClass;
import org.lesionstream.schemas.image.GeometryKind;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.lesion.LesionRules;

/** A checkpoint store in a folder, filled by hand with {@link TinyNetwork}s. */
public final class TestStore {

    /** What the tiny networks of the tests take: tiles of 4 x 6 pixels with three channels. */
    public static final InputSpec TILES = InputSpec.tiles(4, 6, 3, 0, 1);

    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    private final CheckpointLayout layout;

    public TestStore(Path folder) {
        this.layout = new CheckpointLayout(folder);
    }

    public CheckpointLayout layout() {
        return layout;
    }

    /** Publishes a version that finds one class in tiles. */
    public CheckpointManifest publish(String name, int version, TinyNetwork network, Precision... precisions) {
        return publish(name, version, network, TILES, LesionRules.ALL, precisions);
    }

    public CheckpointManifest publish(
            String name,
            int version,
            TinyNetwork network,
            InputSpec input,
            LesionRules rules,
            Precision... precisions) {
        byte[] archive = network.archive();
        List<CheckpointFile> files = new ArrayList<>();
        Path folder = layout.versionFolder(name, version);
        try {
            Files.createDirectories(folder);
            for (Precision precision : precisions) {
                String file = CheckpointLayout.modelFile(precision);
                Files.write(folder.resolve(file), archive);
                files.add(new CheckpointFile(precision, file, Digest.of(archive), archive.length, Drift.NONE));
            }
            CheckpointManifest manifest = manifest(name, version, input, rules, files);
            ManifestCodec.write(layout.manifest(name, version), manifest);
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moves an alias, as a promotion does. */
    public void promote(String name, int version, String alias) {
        Path file = layout.aliases(name);
        try {
            AliasHistory history = AliasHistory.read(file)
                    .append(new AliasChange(alias, version, CREATED, "somebody", "a test needs it"));
            Files.write(file, history.print());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A manifest without a store, for one class. */
    public static CheckpointManifest manifest(InputSpec input, LesionRules rules) {
        byte[] archive = TinyNetwork.THRESHOLD.archive();
        return manifest(
                "lesion",
                1,
                input,
                rules,
                List.of(new CheckpointFile(
                        Precision.FP32, "model.fp32.pt", Digest.of(archive), archive.length, Drift.NONE)));
    }

    private static CheckpointManifest manifest(
            String name, int version, InputSpec input, LesionRules rules, List<CheckpointFile> files) {
        OutputKind kind = input.geometry() == GeometryKind.FIT ? OutputKind.PROBABILITIES : OutputKind.LABELS;
        return new CheckpointManifest(
                name,
                version,
                new NetworkDescription("tiny", Map.of()),
                List.of(new SegmentClass(1, "lesion", Optional.empty())),
                input,
                new OutputSpec(kind, 1, 0.5),
                rules,
                files,
                "test",
                CREATED);
    }
}
