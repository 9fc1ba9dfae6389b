package org.lesionstream.local.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.lesionstream.local.bench.Bench;
import org.lesionstream.local.bench.BenchOptions;
import org.lesionstream.local.bench.BenchStage;
import org.lesionstream.local.bench.Variant;
import org.lesionstream.local.sample.Scale;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads the options of the bench and runs it. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        versionProvider = LocalCli.Version.class,
        sortOptions = false,
        customSynopsis = "deploy/bench [--images DIR] [--checkpoint REF --store DIR] [--jobs N] [--precision P]"
                + " [--without STAGE]… [--json FILE] [--html FILE] [--runs N] [--small] [--network N] [--throughput-only] [--also VARIANT]…"
                + " [--set KEY=VALUE]… [--bare-loop SECONDS] [--device D] [--out DIR] [--seed S]",
        description = {
            "Measures one packaged worker against the network that it runs: starts a Kafka broker and a PostgreSQL,"
                    + " runs the network alone, then jobs under several loads, and prints where the time goes.",
            "Without --images it makes phantom pictures, PNG and JPEG. Without --checkpoint it trains a U-Net for a minute"
                    + " or two, once; later benches take it up again.",
            "The last line reads bench: key=value … ratio=0.00, tiles per second end to end over those of the bare loop."
        })
final class BenchCommand implements Callable<Integer> {

    /** Both or none. */
    static final class OwnCheckpoint {
        @Option(
                names = "--checkpoint",
                required = true,
                paramLabel = "REF",
                description = "what every job asks for: name@version, name@alias or name@sha256:…")
        private String reference;

        @Option(names = "--store", required = true, paramLabel = "DIR", description = "the store that holds it")
        private Path store;
    }

    /** By its word. */
    static final class VariantWord extends Words<Variant> {
        VariantWord() {
            super(List.of(Variant.values()), Variant::word);
        }
    }

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "pictures of your own, from all folders below; jobs take them in turn")
    private Optional<Path> images;

    @ArgGroup(exclusive = false)
    private OwnCheckpoint own;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "120",
            description = "jobs of the backlog, at least 10 (default: ${DEFAULT-VALUE})")
    private int jobs;

    @Option(
            names = "--precision",
            paramLabel = "P",
            defaultValue = "auto",
            description = "auto, fp32, bf16 or fp16 (default: ${DEFAULT-VALUE})")
    private String precision;

    @Option(
            names = "--without",
            paramLabel = "STAGE",
            split = ",",
            description = "replace a stage by a stand-in that costs nothing: decode, inference, persist, publish")
    private Set<BenchStage> without = EnumSet.noneOf(BenchStage.class);

    @Option(names = "--json", paramLabel = "FILE", description = "write every figure of every run as JSON")
    private Optional<Path> json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "write the page there (default: bench.html in the working folder)")
    private Optional<Path> html;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "measure so often, each time with a fresh worker, and print medians (default: ${DEFAULT-VALUE})")
    private int runs;

    @Option(
            names = "--small",
            description =
                    "a U-Net of 8 to 128 channels on 64 x 64 tiles and pictures of 64 to 128 pixels, for many jobs")
    private boolean small;

    @Option(
            names = "--network",
            paramLabel = "N",
            description = "make the checkpoint of another network, as trainer train --network names it")
    private Optional<String> network;

    @Option(names = "--throughput-only", description = "leave out the latencies: the backlog alone")
    private boolean throughputOnly;

    @Option(
            names = "--also",
            paramLabel = "VARIANT",
            split = ",",
            converter = VariantWord.class,
            description =
                    "also run the backlog in another way and compare: two-checkpoints has every second job ask for another"
                            + " checkpoint of the same network, damaged has one picture in a hundred end in the middle")
    private Set<Variant> variants = EnumSet.noneOf(Variant.class);

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "set something else of the worker, such as lesionstream.batch.sizes=1,2,4")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--bare-loop",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "how long the network runs alone (default: ${DEFAULT-VALUE})")
    private int bareLoopSeconds;

    @Option(
            names = "--device",
            paramLabel = "D",
            defaultValue = "cpu",
            description =
                    "where the worker computes: cpu, or cuda with a worker built for it (default: ${DEFAULT-VALUE})")
    private String device;

    @Mixin
    private StackOptions stack = new StackOptions();

    @Override
    public Integer call() throws IOException {
        Bench.run(options(), StackOptions.terminal(), Clock.systemUTC());
        return CommandLine.ExitCode.OK;
    }

    BenchOptions options() {
        if (own != null && (small || network.isPresent())) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--small and --network make a checkpoint, --checkpoint names one");
        }
        Scale scale = small ? Scale.SMALL : Scale.FULL;
        try {
            return new BenchOptions(
                    stack.home(),
                    stack.out("bench"),
                    images.map(Path::toAbsolutePath),
                    Optional.ofNullable(own)
                            .map(named -> new BenchOptions.OwnCheckpoint(
                                    CheckpointReference.parse(named.reference), named.store.toAbsolutePath())),
                    network.map(scale::with).orElse(scale),
                    jobs,
                    runs,
                    precision,
                    device,
                    Duration.ofSeconds(bareLoopSeconds),
                    without,
                    !throughputOnly,
                    variants,
                    environment(settings),
                    json,
                    html,
                    stack.seed());
        } catch (IllegalArgumentException wrong) {
            throw new CommandLine.ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    /** {@code lesionstream.batch.max-delay} as {@code LESIONSTREAM_BATCH_MAX_DELAY}. */
    private static Map<String, String> environment(Map<String, String> settings) {
        Map<String, String> environment = new LinkedHashMap<>();
        settings.forEach((key, value) ->
                environment.put(key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), value));
        return environment;
    }
}
