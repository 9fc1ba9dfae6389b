package org.lesionstream.worker.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about jobs that could not be done. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        description = "Lists the jobs that could not be done, shows one with what to do about it, and replays them.",
        subcommands = {ListDeadLettersCommand.class, ShowDeadLetterCommand.class, ReplayCommand.class})
final class DeadLettersCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name what to do: list, show or replay.");
    }
}
