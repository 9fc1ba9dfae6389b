package org.lesionstream.local.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The root of the local stack's commands.
 *
 * <p>Exit status: 0 only on success, 1 for a failure with a clear message on standard error, 2 for a wrong use of the options. Setting
 * {@code LESIONSTREAM_TRACE=1} prints the whole stack trace of a failure as well.
 */
@Command(
        name = "local",
        mixinStandardHelpOptions = true,
        versionProvider = LocalCli.Version.class,
        description = "Runs Lesionstream on this machine, without containers.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {BenchCommand.class, DemoCommand.class, ScaleSimCommand.class, TortureCommand.class})
public final class LocalCli implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private LocalCli() {}

    /** Runs one command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new LocalCli())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(command.getCommandName() + ": " + failure.getMessage());
                    if ("1".equals(System.getenv("LESIONSTREAM_TRACE"))) {
                        failure.printStackTrace(command.getErr());
                    }
                    command.getErr().flush();
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    /** Reached when no command was named. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Missing command");
    }

    /** The version that the packaged jar carries in its manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Optional.ofNullable(LocalCli.class.getPackage().getImplementationVersion())
                    .orElse("unpackaged");
            return new String[] {"lesionstream local " + version};
        }
    }
}
