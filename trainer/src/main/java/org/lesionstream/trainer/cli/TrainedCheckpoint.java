package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.NetworkDescription;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.trainer.data.CaseFiles;
import org.lesionstream.trainer.data.VerificationTiles;
import org.lesionstream.trainer.evaluation.CheckpointEvaluation;
import org.lesionstream.trainer.evaluation.SplitScore;
import org.lesionstream.trainer.evaluation.TorchScriptPredictor;
import org.lesionstream.trainer.export.CheckpointExporter;
import org.lesionstream.trainer.export.ExportPlan;
import org.lesionstream.trainer.training.TrainingOutcome;

/** A trained network on its way into the store: its files, how it came about, and what the exported file scores. */
final class TrainedCheckpoint {

    /** File of a version that says what its fp32 file scores. */
    static final String METRICS = "metrics.json";

    /** File of a version that says how its weights came about. */
    static final String TRAINING = "training.json";

    private static final String VALIDATION = "val";

    private final TrainingPlan plan;
    private final TrainingWiring wiring;
    private final TrainingOutcome outcome;
    private final String producer;
    private final Instant createdAt;
    private double validationDice = Double.NaN;

    TrainedCheckpoint(
            TrainingPlan plan, TrainingWiring wiring, TrainingOutcome outcome, String producer, Instant createdAt) {
        this.plan = plan;
        this.wiring = wiring;
        this.outcome = outcome;
        this.producer = producer;
        this.createdAt = createdAt;
    }

    /** Writes everything but the manifest into the folder of a new version, and says what the manifest will be. */
    IntFunction<CheckpointManifest> write(Path folder, String name, LesionRules rules) throws IOException {
        List<Path> pictures =
                plan.split().validation().stream().map(CaseFiles::image).toList();
        List<byte[]> tiles = VerificationTiles.of(plan.input(), pictures);
        ExportPlan export = ExportPlan.of(plan.input(), wiring.normalisation(), plan.output(), tiles);
        List<CheckpointFile> files = CheckpointExporter.export(wiring.network(), export, folder);
        Map<String, SplitScore> scores = scores(folder.resolve(CheckpointLayout.modelFile(Precision.FP32)));
        validationDice = scores.get(VALIDATION).dice();
        JsonDocuments.write(folder.resolve(METRICS), scores);
        JsonDocuments.write(
                folder.resolve(TRAINING),
                TrainingDocument.of(
                        producer,
                        plan,
                        wiring.normalisation(),
                        outcome,
                        Runtime.getRuntime().availableProcessors()));
        return version -> new CheckpointManifest(
                name,
                version,
                new NetworkDescription(plan.network().name(), plan.network().options()),
                plan.classes(),
                plan.input(),
                plan.output(),
                rules,
                files,
                producer,
                createdAt);
    }

    /** Of the exported fp32 file, as a worker would run it; known once {@link #write} is done. */
    double validationDice() {
        return validationDice;
    }

    private Map<String, SplitScore> scores(Path file) throws IOException {
        try (TorchScriptPredictor predictor = TorchScriptPredictor.load(file, plan.input())) {
            CheckpointEvaluation evaluation = new CheckpointEvaluation(
                    plan.input(), plan.labels(), plan.output().threshold(), predictor);
            Map<String, List<CaseFiles>> splits = new LinkedHashMap<>();
            splits.put(VALIDATION, plan.split().validation());
            if (!plan.test().isEmpty()) {
                splits.put("test", plan.test());
            }
            return EvaluationDocument.splits(evaluation.score(splits));
        }
    }
}
