package org.lesionstream.trainer.cli;

import java.nio.file.Path;
import org.lesionstream.trainer.registry.CheckpointStore;
import picocli.CommandLine.Option;

/** The option that every command on published checkpoints shares. */
final class StoreOption {

    @Option(
            names = "--store",
            required = true,
            paramLabel = "DIR",
            description = "Folder of the checkpoints: DIR/<name>/<version>/.")
    private Path folder;

    Path folder() {
        return folder;
    }

    CheckpointStore open() {
        return new CheckpointStore(folder);
    }
}
