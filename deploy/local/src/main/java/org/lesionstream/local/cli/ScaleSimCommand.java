package org.lesionstream.local.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lesionstream.local.scale.ScaleOptions;
import org.lesionstream.local.scale.ScaleSim;
import org.lesionstream.local.scale.check.CheckOptions;
import org.lesionstream.local.scale.check.ScaleCheck;
import org.lesionstream.local.scale.model.FleetFacts;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads the options of the scaling simulation and runs it. */
@Command(
        name = "scale-sim",
        mixinStandardHelpOptions = true,
        versionProvider = LocalCli.Version.class,
        sortOptions = false,
        customSynopsis =
                "deploy/scale-sim [--bench FILE] [--faster F] [--urgent N] [--deadline S] [--backfill N] [--partitions N] [--start S]"
                        + " [--scenario NAME,…] [--settings NAME,…] [--json FILE] [--csv FILE] [--html FILE] [--seed S] [--out DIR]%n"
                        + "       deploy/scale-sim --check [--jobs N] [--factor F] [--seed S] [--out DIR]",
        description = {
            "Compares settings of the autoscaler on simulated days: a morning peak, a large backfill, a broker that is away."
                    + " Prints deadlines missed, latencies, GPU-hours, replicas and what rebalances cost; the same seed gives the same days.",
            "The settings named chosen are those of the manifests in deploy/kubernetes/components/keda.",
            "With --check the simulation is compared with real workers on this machine: a backlog, cleared by one and then by three."
                    + " Exit status 0 only if predicted and measured times are within the factor.",
            "The last line reads scale-sim: key=value …"
        })
final class ScaleSimCommand implements Callable<Integer> {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--bench",
            paramLabel = "FILE",
            description =
                    "how fast a worker is, as deploy/bench --json has written it (default: figures of a CPU that are built in)")
    private Optional<Path> bench;

    @Option(
            names = "--faster",
            paramLabel = "F",
            defaultValue = "1",
            description = "a worker that is so many times as fast as that (default: ${DEFAULT-VALUE})")
    private double faster;

    @Option(
            names = "--urgent",
            paramLabel = "N",
            defaultValue = "200000",
            description = "urgent images of a day (default: ${DEFAULT-VALUE})")
    private int urgent;

    @Option(
            names = "--case-images",
            paramLabel = "N",
            defaultValue = "8",
            description = "images of an urgent case, which come together; mean (default: ${DEFAULT-VALUE})")
    private double caseImages;

    @Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "within which an urgent image shall be answered (default: ${DEFAULT-VALUE})")
    private double deadline;

    @Option(
            names = "--backfill",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "old images (default: ${DEFAULT-VALUE})")
    private long backfill;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "5000",
            description =
                    "most old images without an answer, as worker backfill run has them (default: ${DEFAULT-VALUE})")
    private int inFlight;

    @Option(names = "--partitions", paramLabel = "N", description = "partitions of each lane (default: 48)")
    private Optional<Integer> partitions;

    @Option(
            names = "--start",
            paramLabel = "SECONDS",
            description = "from the wish for a worker to its first job (default: 90)")
    private Optional<Double> start;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            split = ",",
            description = "these alone, of peak, backfill, outage")
    private List<String> scenarios = List.of();

    @Option(
            names = "--settings",
            paramLabel = "NAME",
            split = ",",
            description = "these alone, in this order; a wrong name is answered with all there are")
    private List<String> settings = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "write figures and settings as JSON")
    private Optional<Path> json;

    @Option(names = "--csv", paramLabel = "FILE", description = "write the figures as CSV")
    private Optional<Path> csv;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "write the page there (default: scale-sim.html in the working folder)")
    private Optional<Path> html;

    @ArgGroup(exclusive = false, heading = "%nThe comparison with real workers:%n")
    private Check check; // none without --check: picocli has no Optional for groups

    @Mixin
    private StackOptions stack = new StackOptions();

    /** What the comparison with real workers is told. */
    static final class Check {
        @Option(
                names = "--check",
                required = true,
                description = "compare with real workers; nothing else should run beside it")
        private boolean wanted;

        @Option(
                names = "--jobs",
                paramLabel = "N",
                description = "jobs of the backlog (default: what one worker does in two minutes)")
        private Optional<Integer> jobs;

        @Option(
                names = "--factor",
                paramLabel = "F",
                description = "by which predicted and measured times may differ, either way (default: 2)")
        private double factor = CheckOptions.USUAL_FACTOR;
    }

    @Override
    public Integer call() throws IOException {
        if (check != null && check.wanted) {
            boolean passed = ScaleCheck.run(checkOptions(), StackOptions.terminal(), Clock.systemUTC());
            return passed ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
        try {
            ScaleSim.run(options(), StackOptions.terminal());
        } catch (IllegalArgumentException wrong) {
            throw wrong(wrong);
        }
        return CommandLine.ExitCode.OK;
    }

    ScaleOptions options() {
        try {
            FleetFacts facts = FleetFacts.usual();
            facts = partitions.isPresent() ? facts.withPartitions(partitions.get()) : facts;
            facts = start.isPresent() ? facts.startingIn(start.get()) : facts;
            return new ScaleOptions(
                    stack.out("scale-sim"),
                    bench,
                    faster,
                    urgent,
                    caseImages,
                    deadline,
                    backfill,
                    inFlight,
                    facts,
                    scenarios,
                    settings,
                    json,
                    csv,
                    html,
                    stack.seed());
        } catch (IllegalArgumentException wrong) {
            throw wrong(wrong);
        }
    }

    CheckOptions checkOptions() {
        try {
            return new CheckOptions(stack.home(), stack.out("scale-sim"), check.jobs, check.factor, stack.seed());
        } catch (IllegalArgumentException wrong) {
            throw wrong(wrong);
        }
    }

    private CommandLine.ParameterException wrong(IllegalArgumentException cause) {
        return new CommandLine.ParameterException(spec.commandLine(), cause.getMessage(), cause);
    }
}
