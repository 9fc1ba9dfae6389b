package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.lesionstream.trainer.benchmark.BenchmarkCase;
import org.lesionstream.trainer.benchmark.Contestant;
import org.lesionstream.trainer.benchmark.ForwardBenchmark;
import org.lesionstream.trainer.benchmark.RandomNetwork;
import org.lesionstream.trainer.benchmark.StepVariant;
import org.lesionstream.trainer.benchmark.TrainBenchmark;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.precision.TrainingPrecision;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * Times one forward of networks, as blocks and as their exported files, side by side, or a step of training, or measures the memory that one forward takes. Results compare the least
 * times, since other work on the machine only ever adds to a time.
 */
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        description = {
            "Times one forward of a network: as a block run eagerly in fp32, and as its exported files.",
            "Several networks or batches give a table, a row as soon as it is measured."
        })
final class BenchmarkCommand implements Callable<Integer> {

    @ArgGroup(exclusive = false, multiplicity = "1..*")
    private final List<NetworkChoice> networks = new ArrayList<>();

    /** A network and what it is fed. */
    static final class NetworkChoice {
        @Option(
                names = "--network",
                required = true,
                paramLabel = "N",
                converter = NetworkConverter.class,
                description = "The network, such as unet-same:base=32. May be given several times.")
        private NetworkSpec network;

        @Option(
                names = "--input",
                paramLabel = "CxHxW",
                converter = ImageSize.Converter.class,
                description = "What the network before it is fed, where it is not --size.")
        private ImageSize input;

        BenchmarkCase with(int batch, int size) {
            return input == null
                    ? new BenchmarkCase(network, batch, size, size)
                    : new BenchmarkCase(input.applyTo(network), batch, input.height(), input.width());
        }
    }

    @Option(
            names = "--batch",
            split = ",",
            defaultValue = "4",
            paramLabel = "N",
            description = "images at once, such as 1,8 (${DEFAULT-VALUE})")
    private List<Integer> batches = List.of();

    @Option(
            names = "--size",
            defaultValue = "256",
            paramLabel = "N",
            description = "rows and columns (${DEFAULT-VALUE})")
    private int size;

    @Option(
            names = "--threads",
            defaultValue = "2",
            paramLabel = "N",
            description = "threads of the engine (${DEFAULT-VALUE})")
    private int threads;

    @Option(
            names = "--rounds",
            defaultValue = "9",
            paramLabel = "N",
            description = "timed runs of each (${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--without",
            split = ",",
            paramLabel = "W",
            description = {
                "Leave out block, fp32 or bf16; the latter takes very long on CPUs without AVX512.",
                "With --train, bf16 leaves out the steps in bfloat16."
            })
    private Set<Contestant> without = EnumSet.noneOf(Contestant.class);

    @Option(
            names = "--memory",
            description = {
                "Instead of times, the peak resident memory of a process that runs the block once, and of one that runs",
                "the fp32 file once."
            })
    private boolean memory;

    @Option(
            names = "--train",
            description = {
                "Instead of forwards, whole steps of training: forward, cross entropy, backward and Adam, with images and",
                "filters in each order of memory, and as --precision mixed trains."
            })
    private boolean train;

    @Option(names = "--probe-block", hidden = true, description = "Run the block once in this process.")
    private boolean probeBlock;

    @Option(names = "--probe-file", hidden = true, description = "Run this file once in this process.")
    private Path probedFile;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        // Read by the engine when it starts, which is below.
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        Set<Contestant> contestants = EnumSet.allOf(Contestant.class);
        contestants.removeAll(without);
        if (contestants.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--without must leave something to be timed");
        }
        List<BenchmarkCase> cases = cases();
        PrintWriter out = spec.commandLine().getOut();
        if (probeBlock || probedFile != null) {
            MemoryProbe.print(cases.get(0), Optional.ofNullable(probedFile), out);
            return CommandLine.ExitCode.OK;
        }
        cases.forEach(RandomNetwork::check); // before the first is run: nobody should wait an hour for a refusal
        if (memory) {
            for (BenchmarkCase each : cases) {
                new MemoryProbe(each, threads).compare(out);
            }
            return CommandLine.ExitCode.OK;
        }
        if (train) {
            TrainBenchmarkPrinter steps = new TrainBenchmarkPrinter(out, threads);
            Set<StepVariant> variants = variants();
            for (BenchmarkCase each : cases) {
                steps.print(each, new TrainBenchmark(each, variants).run(rounds));
            }
            return CommandLine.ExitCode.OK;
        }
        BenchmarkPrinter printer = new BenchmarkPrinter(out, contestants, threads, cases.size());
        for (BenchmarkCase each : cases) {
            printer.add(each, new ForwardBenchmark(each, contestants).run(rounds));
        }
        printer.end();
        return CommandLine.ExitCode.OK;
    }

    private Set<StepVariant> variants() {
        boolean fast = TrainingPrecision.MIXED.isFast();
        if (!fast) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("mixed is left out: this processor has no instructions for bfloat16");
            err.flush();
        }
        return fast && !without.contains(Contestant.BF16)
                ? EnumSet.allOf(StepVariant.class)
                : EnumSet.complementOf(EnumSet.of(StepVariant.MIXED));
    }

    private List<BenchmarkCase> cases() {
        List<BenchmarkCase> cases = new ArrayList<>();
        for (NetworkChoice choice : networks) {
            batches.forEach(batch -> cases.add(choice.with(batch, size)));
        }
        return cases;
    }
}
