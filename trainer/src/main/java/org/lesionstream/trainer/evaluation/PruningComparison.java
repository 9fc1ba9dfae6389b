package org.lesionstream.trainer.evaluation;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.ObjDoubleConsumer;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
import org.lesionstream.schemas.checkpoint.OutputSpec;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.trainer.data.CaseFiles;
import org.lesionstream.trainer.export.CheckpointExporter;
import org.lesionstream.trainer.export.ExportPlan;
import org.lesionstream.trainer.export.InferenceMode;
import org.lesionstream.trainer.graph.Graph;
import org.lesionstream.trainer.graph.NetworkCost;
import org.lesionstream.trainer.graph.Tracer;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.weights.WeightsFile;

/**
 * One trained UNet++ in every way in which it can answer: pruned to each level, and accurate. Each is exported to an fp32 file, which is verified as any
 * other, and that file is run on the pictures, the way of the worker.
 */
public final class PruningComparison {
    private static final int TILES_TO_WARM_UP = 3; // the engine compiles a file while it runs for the first times

    private final WeightsFile weights;
    private final InputSpec input;
    private final OutputSpec output;
    private final ObjDoubleConsumer<String> progress;
    private final LongSupplier nanoClock;

    /**
     * @param weights of a whole network, whatever heads answer in the version they come from
     * @param progress is told what is being done, and the share of the work that is done
     */
    public PruningComparison(
            WeightsFile weights,
            InputSpec input,
            OutputSpec output,
            ObjDoubleConsumer<String> progress,
            LongSupplier nanoClock) {
        this.weights = weights;
        this.input = input;
        this.output = output;
        this.progress = progress;
        this.nanoClock = nanoClock;
    }

    /**
     * Scores every mode on the same pictures.
     *
     * @param splits at least one case
     * @throws IllegalArgumentException when the network has no levels to prune to
     */
    public List<PruningScore> run(Map<String, List<CaseFiles>> splits) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            SegmentationNetwork network =
                    weights.build(manager, new Shape(1, input.channels(), input.height(), input.width()));
            Graph traced = Tracer.trace(network, input.height(), input.width());
            List<InferenceMode> modes = modes(network);
            List<PruningScore> scores = new ArrayList<>();
            for (InferenceMode mode : modes) {
                NetworkCost cost = NetworkCost.ofHeads(network, traced, mode.heads(network));
                ObjDoubleConsumer<String> part =
                        (words, done) -> progress.accept(mode + ": " + words, (scores.size() + done) / modes.size());
                scores.add(score(network, mode, cost, splits, part));
            }
            return scores;
        }
    }

    private static List<InferenceMode> modes(SegmentationNetwork network) {
        List<InferenceMode> modes = new ArrayList<>();
        for (int level = 1; level == 1 || network.headOfPruning(level).isPresent(); level++) {
            InferenceMode pruned = InferenceMode.pruned(level);
            pruned.heads(network); // refuses a network that cannot be pruned
            modes.add(pruned);
        }
        modes.add(InferenceMode.ACCURATE);
        return modes;
    }

    private PruningScore score(
            SegmentationNetwork network,
            InferenceMode mode,
            NetworkCost cost,
            Map<String, List<CaseFiles>> splits,
            ObjDoubleConsumer<String> part)
            throws IOException {
        part.accept("exporting", 0);
        Path folder = Files.createTempDirectory("pruning");
        try {
            ExportPlan plan =
                    new ExportPlan(input, weights.normalisation(), output, mode, Set.of(Precision.FP32), List.of());
            CheckpointExporter.export(network, plan, folder);
            Path file = folder.resolve(CheckpointLayout.modelFile(Precision.FP32));
            try (TorchScriptPredictor predictor = TorchScriptPredictor.load(file, input)) {
                for (int tile = 0; tile < TILES_TO_WARM_UP; tile++) {
                    predictor.predict(List.of(new byte[input.tileBytes()]));
                }
                TimedPredictor timed = new TimedPredictor(predictor, nanoClock);
                Map<String, SplitScore> scores = scores(timed, splits, part);
                int pictures =
                        scores.values().stream().mapToInt(SplitScore::cases).sum();
                return new PruningScore(mode, cost, scores, pictures / timed.seconds());
            }
        } finally {
            Files.deleteIfExists(folder.resolve(CheckpointLayout.modelFile(Precision.FP32)));
            Files.deleteIfExists(folder.resolve(CheckpointLayout.weights()));
            Files.delete(folder);
        }
    }

    private Map<String, SplitScore> scores(
            TilePredictor predictor, Map<String, List<CaseFiles>> splits, ObjDoubleConsumer<String> part) {
        CheckpointEvaluation evaluation =
                new CheckpointEvaluation(input, Math.max(2, output.maps()), output.threshold(), predictor);
        int all = splits.values().stream().mapToInt(List::size).sum();
        int done = 0;
        Map<String, SplitScore> scores = new LinkedHashMap<>();
        for (Map.Entry<String, List<CaseFiles>> split : splits.entrySet()) {
            List<CaseScore> cases = new ArrayList<>();
            for (CaseFiles files : split.getValue()) {
                part.accept("picture " + (done + 1) + " of " + all, (double) done / all);
                cases.add(evaluation.score(files));
                done++;
            }
            scores.put(split.getKey(), SplitScore.of(cases));
        }
        return scores;
    }
}
