package org.lesionstream.local.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.lesionstream.local.WorkingFolder;
import org.lesionstream.local.report.Terminal;
import org.lesionstream.local.sample.SampleCheckpoint;
import org.lesionstream.local.sample.SamplePicture;
import org.lesionstream.local.sample.SamplePictures;
import org.lesionstream.local.sample.Scale;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.ManifestCodec;

/**
 * What the jobs of a torture are about.
 *
 * @param pictures small phantoms
 * @param truncated one that ends in the middle, in the same folder
 * @param store holds two versions of a small checkpoint, the first of them in production
 */
record Material(SamplePictures pictures, SamplePicture truncated, Path store) {

    /** Versions that jobs ask for. */
    static final int VERSIONS = 2;

    /** Makes all of it; checkpoints that an earlier run has trained are taken up. */
    static Material make(TortureOptions options, WorkingFolder folder, Terminal terminal) throws IOException {
        terminal.stage("Making phantom pictures");
        SamplePictures pictures = SamplePictures.phantoms(
                options.artifacts().trainerJar(),
                folder.phantoms(),
                Scale.SMALL.sides(),
                options.seed(),
                folder.log("trainer"),
                terminal::status);
        SamplePicture truncated = pictures.truncated(pictures.roots().get(0).resolve("truncated.png"));
        terminal.done(pictures.pictures().size() + " pictures, PNG and JPEG");
        terminal.stage("Two versions of a small checkpoint");
        for (int version = 1; version <= VERSIONS; version++) {
            SampleCheckpoint made = SampleCheckpoint.made(
                    options.artifacts().trainerJar(),
                    Scale.SMALL,
                    options.madeCheckpoints(),
                    TortureJob.CHECKPOINT,
                    version,
                    version,
                    folder.log("trainer"),
                    terminal::status);
            if (version == VERSIONS) {
                copy(made.store(), folder.store());
            }
        }
        Chaos.promote(1, folder.store(), options.artifacts().trainerJar(), folder.log("trainer"));
        terminal.done(folder.store().toString());
        return new Material(pictures, truncated, folder.store());
    }

    /** The folder that workers must be allowed to read. */
    Path root() {
        return pictures.roots().get(0);
    }

    /** Manifests of the versions by digest. */
    Map<String, CheckpointManifest> manifests() throws IOException {
        CheckpointLayout layout = new CheckpointLayout(store);
        Map<String, CheckpointManifest> manifests = new HashMap<>();
        for (int version = 1; version <= VERSIONS; version++) {
            CheckpointManifest manifest = ManifestCodec.read(layout.manifest(TortureJob.CHECKPOINT, version));
            manifests.put(manifest.digest().hex(), manifest);
        }
        return manifests;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.sorted().toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
