package org.lesionstream.trainer.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntFunction;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;

/** Makes the content of a new version. */
@FunctionalInterface
public interface CheckpointWriter {

    /**
     * Writes every file of the version except its manifest.
     *
     * @param folder an empty folder that nobody else sees yet
     * @return the manifest of those files for whatever version number the store gives it; may be asked for several numbers
     */
    IntFunction<CheckpointManifest> write(Path folder) throws IOException;
}
