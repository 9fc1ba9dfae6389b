package org.lesionstream.worker.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the worker's commands. */
@Command(
        name = "worker",
        mixinStandardHelpOptions = true,
        description =
                "Segments the images of Kafka jobs. Without a command it runs as the worker, set up by environment "
                        + "variables; the commands help to operate it.",
        subcommands = {
            MigrateCommand.class,
            TopicsCommand.class,
            FollowCommand.class,
            LesionsCommand.class,
            DecodeCommand.class,
            BackfillCommand.class,
            DeadLettersCommand.class,
            RetentionCommand.class,
            ResultsCommand.class,
            SinkCommand.class
        })
final class WorkerCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Name a command, or give no argument at all to run the worker.");
    }
}
