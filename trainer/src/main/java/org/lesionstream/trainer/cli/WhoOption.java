package org.lesionstream.trainer.cli;

import picocli.CommandLine.Option;

/** Who is answerable for a decision, in the option that every command shares that is remembered. */
final class WhoOption {

    @Option(
            names = "--who",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who decided it, for the history (default: you, ${DEFAULT-VALUE}).")
    private String name;

    String text() {
        return name;
    }
}
