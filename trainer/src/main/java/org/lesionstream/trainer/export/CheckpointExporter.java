package org.lesionstream.trainer.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.Drift;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.trainer.graph.AverageProbabilities;
import org.lesionstream.trainer.graph.Graph;
import org.lesionstream.trainer.graph.GraphPass;
import org.lesionstream.trainer.graph.Tracer;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.weights.WeightsFile;

/**
 * From a trained network to the files of a checkpoint, in one call:
 *
 * <ol>
 *   <li>trace the network and keep the heads that are to answer;
 *   <li>for each precision, rewrite the graph, put pre- and post-processing around it and write it as TorchScript;
 *   <li>load each file again, compare the first with the network and the others with the first;
 *   <li>write the weights beside them.
 * </ol>
 */
public final class CheckpointExporter {
    /** Share of pixels up to which a rounded file of a trained network may label them otherwise than its fp32 file, without being remarked upon. */
    public static final double EXPECTED_DISAGREEMENT = 0.005;

    private CheckpointExporter() {}

    /**
     * Writes {@code model.<precision>.pt} and {@code weights.safetensors}.
     *
     * @param network initialised, with the weights to export
     * @param folder an existing folder without such files
     * @return what a manifest says about the TorchScript files, fp32 first
     * @throws ExportException when a file does not compute what the network computes
     */
    public static List<CheckpointFile> export(SegmentationNetwork network, ExportPlan plan, Path folder)
            throws IOException {
        if (plan.output().maps() != network.classes()) {
            throw new IllegalArgumentException("the network has " + network.classes() + " output maps, the plan "
                    + plan.output().maps());
        }
        Graph traced = Tracer.trace(network, plan.input().height(), plan.input().width());
        Graph answering = traced.withOutputs(plan.mode().heads(network));
        ExportVerifier verifier = new ExportVerifier(plan);
        List<CheckpointFile> files = new ArrayList<>();
        for (Precision precision : plan.precisions()) {
            Path file = folder.resolve(CheckpointLayout.modelFile(precision));
            write(answering, ExportPasses.of(precision), plan, file);
            Drift drift =
                    switch (precision) {
                        case FP32 -> {
                            verifier.verifyReference(network, file);
                            yield Drift.NONE;
                        }
                        case BF16 -> verifier.drift(file);
                        case FP16 -> driftOfRoundedWeights(answering, verifier, plan, file);
                    };
            files.add(new CheckpointFile(
                    precision, file.getFileName().toString(), Digest.of(file), Files.size(file), drift));
        }
        WeightsFile.of(network, plan.normalisation()).write(folder.resolve(CheckpointLayout.weights()));
        return files;
    }

    /** CPUs lack most operators in binary16: the file itself is loaded only, its weights are judged in 32-bit floats. */
    private static Drift driftOfRoundedWeights(Graph answering, ExportVerifier verifier, ExportPlan plan, Path file)
            throws IOException {
        TorchScriptModule.load(file).close();
        Path stand = Files.createTempFile("rounded-weights", ".pt");
        try {
            write(answering, ExportPasses.roundingWeightsTo(Precision.FP16), plan, stand);
            return verifier.drift(stand);
        } finally {
            Files.delete(stand);
        }
    }

    private static void write(Graph network, GraphPass passes, ExportPlan plan, Path file) throws IOException {
        Graph ready = passes.apply(network);
        boolean several = ready.outputs().size() > 1;
        Graph serving = ServingGraph.of(
                several ? new AverageProbabilities().apply(ready) : ready,
                several ? NetworkAnswer.PROBABILITIES : NetworkAnswer.LOGITS,
                plan.input(),
                plan.normalisation(),
                plan.output());
        TorchScriptWriter.write(serving, file);
    }
}
