package org.lesionstream.trainer.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.lesionstream.trainer.augment.Augmentation;
import org.lesionstream.trainer.recipe.Setting;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The root of the trainer's commands.
 *
 * <ul>
 *   <li>Exit status: 0 only on success, 1 for a failure with one clear line on standard error, 2 for a wrong use of the options.
 *   <li>Standard output holds results only, so that it can be piped; progress and failures go to standard error.
 *   <li>Setting {@code LESIONSTREAM_TRACE=1} prints the whole stack trace of a failure as well.
 * </ul>
 */
@Command(
        name = "trainer",
        mixinStandardHelpOptions = true,
        versionProvider = TrainerCli.Version.class,
        description = "Trains segmentation networks and publishes them as versioned checkpoints.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PhantomsCommand.class,
            TrainCommand.class,
            ImportCommand.class,
            PreviewCommand.class,
            RecipesCommand.class,
            EvaluateCommand.class,
            CompareCommand.class,
            ListCommand.class,
            PromoteCommand.class,
            RollbackCommand.class,
            NoteCommand.class,
            HistoryCommand.class,
            GoldenCommand.class,
            ExportCommand.class,
            AdoptCommand.class,
            DescribeCommand.class,
            BenchmarkCommand.class
        })
public final class TrainerCli implements Runnable {

    private static final String TRACE_VARIABLE = "LESIONSTREAM_TRACE";

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private TrainerCli() {}

    /** Runs one command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        // No command ever needs the internet; without this the engine would look for natives there.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("offline", "true"); // what DJL 0.25.0 reads instead
        System.setProperty("OPT_OUT_TRACKING", "true"); // DJL reports its use otherwise
        EngineThreads.sleepWhenIdle();
        System.exit(commandLine().execute(arguments));
    }

    /** The commands, ready to be executed; {@code execute} answers the exit status. */
    static CommandLine commandLine() {
        CommandLine trainer = new CommandLine(new TrainerCli());
        RecipeOptions.addTo(trainer.getSubcommands().get("train").getCommandSpec(), EnumSet.allOf(Setting.class));
        CommandLine.Model.CommandSpec preview =
                trainer.getSubcommands().get("preview").getCommandSpec();
        RecipeOptions.addTo(
                preview,
                EnumSet.of(
                        Setting.GEOMETRY, Setting.SIZE, Setting.AUGMENTATION, Setting.VALIDATION_SHARE, Setting.SEED));
        preview.usageMessage().footer(augmentationHelp());
        return trainer.setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command.getErr()));
    }

    private static String[] augmentationHelp() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Variations of --augmentation with their defaults; each also takes share=1, the");
        lines.add("probability that it is applied. A; B: both in this order. A | B: one of them,");
        lines.add("drawn anew for each picture. none: no variation.");
        Augmentation.help().forEach(line -> lines.add("  " + line));
        return lines.toArray(String[]::new);
    }

    /** Reached when no command was named. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Missing command");
    }

    private static int report(Exception failure, PrintWriter err) {
        err.println("trainer: " + oneLine(failure));
        if ("1".equals(System.getenv(TRACE_VARIABLE))) {
            failure.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String oneLine(Exception failure) {
        String message = Optional.ofNullable(failure.getMessage())
                .orElse(failure.getClass().getSimpleName());
        return message.replaceAll("\\s*\\R\\s*", "; ");
    }

    /** The version that the packaged jar carries in its manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Optional.ofNullable(TrainerCli.class.getPackage().getImplementationVersion())
                    .orElse("unpackaged");
            return new String[] {"lesionstream trainer " + version};
        }
    }
}
