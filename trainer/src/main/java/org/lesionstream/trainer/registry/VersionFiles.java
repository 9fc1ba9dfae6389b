package org.lesionstream.trainer.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.Lineage;

/** The files of a version against what vouches for them: the manifest for models and lineage, the lineage for the weights. */
final class VersionFiles {

    private final Path folder;
    private final CheckpointManifest manifest;

    VersionFiles(Path folder, CheckpointManifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /**
     * Reads every file that something vouches for.
     *
     * @throws IOException naming the first that is missing or another one
     */
    void verify() throws IOException {
        for (CheckpointFile file : manifest.files()) {
            Path path = existing(file.file());
            if (Files.size(path) != file.bytes() || !Digest.of(path).equals(file.sha256())) {
                throw new IOException(
                        whose(file.file()) + " does not have the length and digest that its manifest gives");
            }
        }
        if (manifest.lineage().isPresent()) {
            Lineage lineage = lineage(Files.readAllBytes(existing(CheckpointLayout.lineage())), manifest);
            if (lineage.weights().isPresent()) {
                Path weights = existing(CheckpointLayout.weights());
                if (!Digest.of(weights).equals(lineage.weights().get())) {
                    throw new IOException(
                            whose(CheckpointLayout.weights()) + " does not have the digest that its lineage gives");
                }
            }
        }
    }

    /**
     * Reads the lineage that a manifest vouches for.
     *
     * @throws IOException if it is another one
     */
    static Lineage lineage(byte[] json, CheckpointManifest manifest) throws IOException {
        if (!manifest.lineage().equals(Optional.of(Digest.of(json)))) {
            throw new IOException(
                    whose(CheckpointLayout.lineage(), manifest) + " does not have the digest that its manifest gives");
        }
        return Lineage.parse(json);
    }

    private Path existing(String file) throws IOException {
        Path path = folder.resolve(file);
        if (!Files.isRegularFile(path)) {
            throw new NoSuchFileException(path.toString(), null, whose(file) + " is missing");
        }
        return path;
    }

    private String whose(String file) {
        return whose(file, manifest);
    }

    private static String whose(String file, CheckpointManifest manifest) {
        return file + " of " + manifest.name() + "@" + manifest.version();
    }
}
