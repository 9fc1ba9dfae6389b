package org.lesionstream.trainer.cli;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.trainer.export.ExportPasses;
import org.lesionstream.trainer.export.InferenceMode;
import org.lesionstream.trainer.graph.ActivationMemory;
import org.lesionstream.trainer.graph.Graph;
import org.lesionstream.trainer.graph.LayerCost;
import org.lesionstream.trainer.graph.NetworkCost;
import org.lesionstream.trainer.graph.Tracer;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.network.SegmentationNetwork;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a network is made of and what it costs, without training it. */
@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the layers of a network with their parameters and multiply-accumulates (MACs), and the memory of",
            "intermediate results: at most at once in an exported file, and in all, which a block run eagerly keeps.",
            "MACs are those of convolutions, linear layers and attention products for one image, half of what is often",
            "called FLOPs; transposed convolutions are counted at the size of their input."
        })
final class DescribeCommand implements Callable<Integer> {
    private static final double MEBI = 1 << 20;

    @Mixin
    private NetworkOption network;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "CxHxW",
            converter = ImageSize.Converter.class,
            description = "Channels, height and width of an image, such as 3x256x256.")
    private ImageSize input;

    @Option(
            names = "--batch",
            defaultValue = "1",
            paramLabel = "N",
            description = "Images at once, for the memory (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--prune",
            paramLabel = "L",
            converter = ModeOption.Level.class,
            description = "Only what head L1, L2, L3 or L4 of a UNet++ with deep supervision needs.")
    private InferenceMode pruning;

    @Option(names = "--json", description = "Print a JSON object instead.")
    private boolean json;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        NetworkSpec asked = network.required();
        NetworkCost cost;
        NetworkDocument.Activations activations;
        try (NDManager manager = NDManager.newBaseManager()) {
            SegmentationNetwork built = NetworkCatalog.build(input.applyTo(asked));
            built.initialize(manager, DataType.FLOAT32, input.shape(1));
            Graph traced = Tracer.trace(built, input.height(), input.width());
            InferenceMode mode = pruning == null ? InferenceMode.FAST : pruning;
            int[] heads = mode.heads(built);
            cost = pruning == null ? NetworkCost.of(built, traced) : NetworkCost.ofHeads(built, traced, heads);
            Graph file = ExportPasses.of(Precision.FP32).apply(traced.withOutputs(heads));
            activations = NetworkDocument.Activations.of(
                    ActivationMemory.of(file, batch), ActivationMemory.of(traced, batch));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            String part = pruning == null ? "whole" : pruning.toString();
            out.println(
                    JsonDocuments.text(NetworkDocument.of(asked.toString(), input, part, cost, batch, activations)));
        } else {
            print(out, asked, cost, activations);
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private void print(PrintWriter out, NetworkSpec asked, NetworkCost cost, NetworkDocument.Activations activations) {
        LayerTable table = new LayerTable(out, cost.layers());
        table.print();
        long idle = cost.parameters()
                - cost.layers().stream().mapToLong(LayerCost::parameters).sum();
        if (idle > 0) {
            table.row("without influence", "", "", idle, 0);
        }
        table.row("total", "", "", cost.parameters(), cost.multiplyAccumulates());
        out.printf(
                Locale.ROOT,
                "%nintermediate results of %d at once%n"
                        + "  file: peak   %10.1f MiB in fp32, %.1f MiB in 16 bits%n"
                        + "  block: all   %10.1f MiB in fp32%n",
                batch,
                activations.filePeakFp32() / MEBI,
                activations.filePeak16Bit() / MEBI,
                activations.blockAllFp32() / MEBI);
        out.printf(
                Locale.ROOT,
                "describe: network=%s input=%s%s layers=%d parameters=%d gmacs=%s peak-mib=%.1f all-mib=%.1f batch=%d%n",
                asked,
                input,
                pruning == null ? "" : " pruned=" + pruning,
                cost.layers().size(),
                cost.parameters(),
                Giga.print(cost.multiplyAccumulates()),
                activations.filePeakFp32() / MEBI,
                activations.blockAllFp32() / MEBI,
                batch);
    }
}
