package org.lesionstream.schemas.checkpoint;

import java.nio.file.Path;

/**
 * Where everything is in a store of checkpoints: {@code <store>/<name>/<version>/} for the files of a version, {@code
 * <store>/<name>/aliases.json} for the aliases, {@code <store>/<name>/notes.jsonl} for what people noted about versions.
 *
 * @param store the folder that holds all checkpoints
 */
public record CheckpointLayout(Path store) {

    private static final String MANIFEST = "manifest.json";
    private static final String WEIGHTS = "weights.safetensors";
    private static final String LINEAGE = "lineage.json";

    /** Folder of all versions of a checkpoint. */
    public Path nameFolder(String name) {
        CheckpointReference.checkName(name);
        return store.resolve(name);
    }

    /** Folder of one version. */
    public Path versionFolder(String name, int version) {
        if (version < 1) {
            throw new IllegalArgumentException("version must be at least 1, was " + version);
        }
        return nameFolder(name).resolve(Integer.toString(version));
    }

    /** Manifest of one version. */
    public Path manifest(String name, int version) {
        return versionFolder(name, version).resolve(MANIFEST);
    }

    /** Alias file of a checkpoint. */
    public Path aliases(String name) {
        return nameFolder(name).resolve("aliases.json");
    }

    /** Notes about the versions of a checkpoint, one JSON document a line. */
    public Path notes(String name) {
        return nameFolder(name).resolve("notes.jsonl");
    }

    /** Name of the manifest in the folder of a version. */
    public static String manifest() {
        return MANIFEST;
    }

    /** Name of the TorchScript file of a precision in the folder of a version. */
    public static String modelFile(Precision precision) {
        return "model." + precision.text() + ".pt";
    }

    /** Name of the weights in the folder of a version. */
    public static String weights() {
        return WEIGHTS;
    }

    /** Name of the file in the folder of a version that says what it was made from. */
    public static String lineage() {
        return LINEAGE;
    }
}
