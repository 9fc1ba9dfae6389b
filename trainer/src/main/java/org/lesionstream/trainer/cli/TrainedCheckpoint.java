package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.Lineage;
import org.lesionstream.schemas.checkpoint.NetworkDescription;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.trainer.data.CaseFiles;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.data.VerificationTiles;
import org.lesionstream.trainer.evaluation.CheckpointEvaluation;
import org.lesionstream.trainer.evaluation.SplitScore;
import org.lesionstream.trainer.evaluation.TorchScriptPredictor;
import org.lesionstream.trainer.export.CheckpointExporter;
import org.lesionstream.trainer.export.ExportPlan;
import org.lesionstream.trainer.export.InferenceMode;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.recipe.RecipeFile;
import org.lesionstream.trainer.registry.PublishedCheckpoint;
import org.lesionstream.trainer.training.TrainingOutcome;

/**
 * A trained network on its way into the store: its files, how it came about, and what the exported file scores.
 *
 * @param plan of the run or, for an ensemble, of all of them
 * @param network with the weights to export
 * @param mode which of its heads answer
 * @param normalisation of its samples
 * @param runs what each run came to
 * @param known scores that stand already, by split
 * @param judges cases that are still to judge the exported file, by split
 */
record TrainedCheckpoint(
        TrainingPlan plan,
        SegmentationNetwork network,
        InferenceMode mode,
        Normalisation normalisation,
        List<TrainingOutcome> runs,
        Map<String, SplitScore> known,
        Map<String, List<CaseFiles>> judges) {

    /** File of a version that says what its fp32 file scores. */
    static final String METRICS = "metrics.json";

    /** File of a version that says how its weights came about. */
    static final String TRAINING = "training.json";

    /** File of a version that holds the recipe of its training, nothing left out. */
    static final String RECIPE = "recipe.json";

    /** What one run came to. */
    static TrainedCheckpoint of(TrainingPlan plan, TrainingWiring wiring, TrainingOutcome outcome) {
        return new TrainedCheckpoint(
                plan,
                wiring.network(),
                InferenceMode.FAST,
                wiring.normalisation(),
                List.of(outcome),
                Map.of(),
                plan.judges());
    }

    /** What it was made from. */
    Lineage lineage(Optional<PublishedCheckpoint> parent) throws IOException {
        Digest data = new Digest(plan.dataDigest());
        Optional<Lineage.Recipe> recipe =
                Optional.of(new Lineage.Recipe(plan.recipe().name(), Digest.of(RecipeFile.print(plan.recipe()))));
        return parent.isPresent()
                ? Lineage.tuned(parent.get().manifest().identity(), data, recipe)
                : Lineage.trained(data, recipe);
    }

    /** Writes everything but the manifest into the folder of a new version, and says what the manifest will be. */
    IntFunction<CheckpointManifest> write(
            Path folder, String name, LesionRules rules, String producer, Instant createdAt) throws IOException {
        List<Path> pictures =
                plan.split().validation().stream().map(CaseFiles::image).toList();
        List<byte[]> tiles = VerificationTiles.of(plan.input(), pictures);
        ExportPlan export =
                new ExportPlan(plan.input(), normalisation, plan.output(), mode, Set.of(Precision.values()), tiles);
        List<CheckpointFile> files = CheckpointExporter.export(network, export, folder);
        Files.write(folder.resolve(RECIPE), RecipeFile.print(plan.recipe()));
        int processors = Runtime.getRuntime().availableProcessors();
        JsonDocuments.write(
                folder.resolve(TRAINING), TrainingDocument.of(producer, plan, normalisation, runs, processors));
        NetworkDescription description = mode.describe(
                new NetworkDescription(network.spec().name(), network.spec().options()));
        return version -> new CheckpointManifest(
                name,
                version,
                description,
                plan.classes(),
                plan.input(),
                plan.output(),
                rules,
                files,
                producer,
                createdAt);
    }

    /** What stood already, and the exported fp32 file scored as a worker would run it; the first split is what training was judged by. */
    Map<String, SplitScore> scores(Path folder) throws IOException {
        Map<String, SplitScore> scores = new LinkedHashMap<>(known);
        Path file = folder.resolve(CheckpointLayout.modelFile(Precision.FP32));
        try (TorchScriptPredictor predictor = TorchScriptPredictor.load(file, plan.input())) {
            CheckpointEvaluation evaluation = new CheckpointEvaluation(
                    plan.input(), plan.labels(), plan.output().threshold(), predictor);
            scores.putAll(EvaluationDocument.splits(evaluation.score(judges)));
        }
        JsonDocuments.write(folder.resolve(METRICS), scores);
        return scores;
    }
}
