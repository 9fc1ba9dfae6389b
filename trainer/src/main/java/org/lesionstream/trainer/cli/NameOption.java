package org.lesionstream.trainer.cli;

import picocli.CommandLine.Option;

/** What a new checkpoint is called, in the option that every command that makes one shares. */
final class NameOption {

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            converter = CheckpointNameConverter.class,
            description = "Name of the checkpoint: small letters, digits, dot, underscore, hyphen; at most 63.")
    private String name;

    String text() {
        return name;
    }
}
