package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.lesionstream.trainer.benchmark.ForwardBenchmark;
import org.lesionstream.trainer.benchmark.ForwardBenchmark.Timing;
import org.lesionstream.trainer.network.NetworkSpec;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Times one forward of a network, as a block and as its exported files, side by side. The last line compares the least times, since other work on the
 * machine only ever adds to a time.
 */
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        description = "Times one forward of a network: as a block run eagerly in fp32, and as its exported files.")
final class BenchmarkCommand implements Callable<Integer> {

    @Option(
            names = "--network",
            required = true,
            paramLabel = "N",
            converter = NetworkConverter.class,
            description = "The network, such as unet-same:base=32.")
    private NetworkSpec network;

    @Option(names = "--batch", defaultValue = "4", paramLabel = "N", description = "images at once (${DEFAULT-VALUE})")
    private int batch;

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

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        // Read by the engine when it starts, which is below.
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        ForwardBenchmark.Report report = new ForwardBenchmark(network, batch, size).run(rounds);
        PrintWriter out = spec.commandLine().getOut();
        print(out, "block fp32", report.block());
        print(out, "export fp32", report.fp32());
        print(out, "export bf16", report.bf16());
        double fp32Ratio = report.block().minMillis() / report.fp32().minMillis();
        double bf16Ratio = report.block().minMillis() / report.bf16().minMillis();
        out.printf(
                Locale.ROOT,
                "benchmark: network=%s batch=%d size=%d threads=%d block-ms=%.1f fp32-ms=%.1f bf16-ms=%.1f"
                        + " fp32-ratio=%.2f bf16-ratio=%.2f%n",
                network,
                batch,
                size,
                threads,
                report.block().minMillis(),
                report.fp32().minMillis(),
                report.bf16().minMillis(),
                fp32Ratio,
                bf16Ratio);
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private static void print(PrintWriter out, String name, Timing timing) {
        out.printf(
                Locale.ROOT, "%-12s min %8.1f ms   median %8.1f ms%n", name, timing.minMillis(), timing.medianMillis());
    }
}
