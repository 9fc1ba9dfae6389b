package org.lesionstream.schemas.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Manifests to files and back, checked against {@code checkpoint-manifest.v1}. */
public final class ManifestCodec {

    private static final JsonContract<CheckpointManifest> CONTRACT =
            new JsonContract<>(CheckpointManifest.class, "checkpoint-manifest.v1");

    private ManifestCodec() {}

    /**
     * Reads {@code manifest.json}.
     *
     * @throws ContractViolationException if it is not a manifest. Unknown fields are refused: one may hold a rule that this version
     *     does not apply, and the digest would not cover it
     */
    public static CheckpointManifest read(Path file) throws IOException {
        return parse(Files.readAllBytes(file));
    }

    /** Writes {@code manifest.json}, indented for people; the file must not exist yet. */
    public static void write(Path file, CheckpointManifest manifest) throws IOException {
        Files.write(file, CONTRACT.writeIndented(manifest), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Reads a manifest from JSON, as {@link #read}. */
    public static CheckpointManifest parse(byte[] json) {
        return CONTRACT.read(json);
    }

    /** The manifest as compact JSON. */
    public static byte[] print(CheckpointManifest manifest) {
        return CONTRACT.write(manifest);
    }

    static byte[] canonical(CheckpointManifest manifest) {
        return CONTRACT.writeCanonical(manifest);
    }
}
