package org.lesionstream.local.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lesionstream.local.scale.ScaleOptions;
import org.lesionstream.local.scale.ScaleSim;
import org.lesionstream.local.scale.model.FleetFacts;
import picocli.CommandLine;
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
                        + " [--scenario NAME,…] [--settings NAME,…] [--json FILE] [--csv FILE] [--html FILE] [--seed S] [--out DIR]",
        description = {
            "Compares settings of the autoscaler on simulated days: a morning peak, a large backfill, a broker that is away."
                    + " Prints deadlines missed, latencies, GPU-hours, replicas and what rebalances cost; the same seed gives the same days.",
            "The settings named chosen are those of the manifests in deploy/kubernetes/components/keda.",
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

    @Mixin
    private StackOptions stack = new StackOptions();

    @Override
    public Integer call() throws IOException {
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

    private CommandLine.ParameterException wrong(IllegalArgumentException cause) {
        return new CommandLine.ParameterException(spec.commandLine(), cause.getMessage(), cause);
    }
}
