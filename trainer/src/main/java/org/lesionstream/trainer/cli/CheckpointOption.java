package org.lesionstream.trainer.cli;

import org.lesionstream.schemas.checkpoint.CheckpointReference;
import picocli.CommandLine.Option;

/** Which published version, in the option that every command on one shares. */
final class CheckpointOption {

    /** Which words say which version. */
    static final String DESCRIPTION =
            "The version: name@version, name@sha256:digest, or name@alias for what the alias names now.";

    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "REF",
            converter = ReferenceConverter.class,
            description = DESCRIPTION)
    private CheckpointReference reference;

    CheckpointReference reference() {
        return reference;
    }
}
