package org.lesionstream.local.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.lesionstream.local.torture.FaultKind;
import org.lesionstream.local.torture.Intake;
import org.lesionstream.local.torture.Torture;
import org.lesionstream.local.torture.TortureOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads the options of the torture and runs it. */
@Command(
        name = "torture",
        mixinStandardHelpOptions = true,
        versionProvider = LocalCli.Version.class,
        sortOptions = false,
        customSynopsis = "deploy/torture [--jobs N] [--faults N] [--only KIND,…] [--seed S] [--intake KIND]"
                + " [--worker DIR] [--beside DIR] [--out DIR]",
        description = {
            "Attacks the promise that nothing is lost and nothing comes twice: several packaged workers take jobs while a"
                    + " schedule of faults kills and stops them, restarts broker and database, takes the database its disk"
                    + " space and its connections, cuts and slows the network and moves checkpoints. Then the faults end,"
                    + " and a checker compares what was asked with the database, the topics and the masks.",
            "Exit status 0 only if nothing was lost, doubled or corrupt. A seed that fails can be run again.",
            "The last line reads torture: key=value … lost=0 duplicates=0 corrupt=0. With --intake share-group it also counts"
                    + " the repeated answers, which a share group may give under the same id."
        })
final class TortureCommand implements Callable<Integer> {

    /** By its word. */
    static final class KindWord extends Words<FaultKind> {
        KindWord() {
            super(List.of(FaultKind.values()), FaultKind::word);
        }
    }

    /** By its word. */
    static final class IntakeWord extends Words<Intake> {
        IntakeWord() {
            super(List.of(Intake.values()), Intake::word);
        }
    }

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "300",
            description = "distinct jobs, at least 10; every tenth message comes twice (default: ${DEFAULT-VALUE})")
    private int jobs;

    @Option(
            names = "--faults",
            paramLabel = "N",
            defaultValue = "18",
            description = "faults, one after the other; with 18 every kind comes once (default: ${DEFAULT-VALUE})")
    private int faults;

    @Option(
            names = "--only",
            paramLabel = "KIND",
            split = ",",
            converter = KindWord.class,
            description =
                    "faults of these kinds alone, such as kill-worker,scale; a wrong word is answered with all there are")
    private Set<FaultKind> only = EnumSet.allOf(FaultKind.class);

    @Option(
            names = "--worker",
            paramLabel = "DIR",
            description = "another build of the worker, a folder like worker/target/quarkus-app")
    private Optional<Path> worker;

    @Option(
            names = "--beside",
            paramLabel = "DIR",
            description =
                    "a build of another release, the same kind of folder: workers of both are started in turn and share the"
                            + " work, as in the middle of an upgrade")
    private Optional<Path> beside;

    @Option(
            names = "--intake",
            paramLabel = "KIND",
            converter = IntakeWord.class,
            defaultValue = "consumer-group",
            description = "how the workers share the jobs, consumer-group or share-group (default: ${DEFAULT-VALUE})")
    private Intake intake;

    @Mixin
    private StackOptions stack = new StackOptions();

    @Override
    public Integer call() throws IOException {
        boolean passed = Torture.run(options(), StackOptions.terminal(), Clock.systemUTC());
        return passed ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    TortureOptions options() {
        try {
            return new TortureOptions(
                    stack.home(), builds(), stack.out("torture"), jobs, faults, only, stack.seed(), intake);
        } catch (IllegalArgumentException wrong) {
            throw new CommandLine.ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    private List<Path> builds() {
        Path first = worker.map(TortureCommand::jar)
                .orElseGet(() -> stack.artifacts().workerJar());
        return Stream.concat(Stream.of(first), beside.stream().map(TortureCommand::jar))
                .toList();
    }

    private static Path jar(Path folder) {
        return folder.toAbsolutePath().resolve("quarkus-run.jar");
    }
}
