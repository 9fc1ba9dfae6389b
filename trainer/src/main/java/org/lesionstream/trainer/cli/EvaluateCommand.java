package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.trainer.data.CaseFiles;
import org.lesionstream.trainer.data.CaseIndex;
import org.lesionstream.trainer.evaluation.CaseScore;
import org.lesionstream.trainer.evaluation.CheckpointEvaluation;
import org.lesionstream.trainer.evaluation.EvaluationPage;
import org.lesionstream.trainer.evaluation.PruningComparison;
import org.lesionstream.trainer.evaluation.PruningScore;
import org.lesionstream.trainer.evaluation.SplitScore;
import org.lesionstream.trainer.evaluation.TorchScriptPredictor;
import org.lesionstream.trainer.registry.PublishedCheckpoint;
import org.lesionstream.trainer.weights.WeightsFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Scores a published checkpoint, running the very file that workers run. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a checkpoint on pictures and compares its masks with the truth.",
            "Prints DSC and IoU, means over cases, for each split; for a rounded precision also the share of pixels",
            "whose label differs from that of the fp32 file."
        })
final class EvaluateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "REF",
            converter = ReferenceConverter.class,
            description = "name@version, name@alias or name@sha256:digest.")
    private CheckpointReference checkpoint;

    @Option(
            names = "--images",
            required = true,
            paramLabel = "DIR",
            description = "Pictures; val/ and test/ in it are scored apart, and train/ is left out.")
    private Path images;

    @Option(names = "--masks", required = true, paramLabel = "DIR", description = "NAME.png for each picture.")
    private Path masks;

    @Option(
            names = "--precision",
            paramLabel = "P",
            defaultValue = "fp32",
            converter = PrecisionConverter.class,
            description = "Which file of the checkpoint to run: fp32, bf16 or, on a GPU, fp16 (default: fp32).")
    private Precision precision;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the scores of splits and cases as JSON.")
    private Path json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page with the worst cases. It holds pictures: treat it like them.")
    private Path html;

    @Option(
            names = "--worst",
            paramLabel = "N",
            defaultValue = "12",
            description = "Cases on the page (default: ${DEFAULT-VALUE}).")
    private int worst;

    @Option(
            names = "--all-prunings",
            description = {
                "Compare L1, L2 and on of a UNet++ with deep supervision, and the average of all heads (accurate): each",
                "is exported to a temporary fp32 file and run on the pictures."
            })
    private boolean allPrunings;

    @Override
    public Integer call() throws IOException {
        if (allPrunings && (precision != Precision.FP32 || html != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--all-prunings runs fp32 files and writes no page: leave out --precision and --html");
        }
        PublishedCheckpoint published = store.open().resolve(checkpoint);
        CheckpointManifest manifest = published.manifest();
        Map<String, List<CaseFiles>> splits =
                judged(CaseIndex.scan(images, masks).bySplit());
        if (allPrunings) {
            comparePrunings(published, splits);
            return 0;
        }
        try (TorchScriptPredictor predictor = predictor(published, precision)) {
            CheckpointEvaluation evaluation = evaluation(manifest, predictor);
            Map<String, List<CaseScore>> scores = evaluation.score(splits);
            print(EvaluationDocument.splits(scores), manifest);
            if (precision != Precision.FP32) {
                printDisagreement(published, evaluation, splits);
            }
            if (json != null) {
                JsonDocuments.write(json, EvaluationDocument.of(manifest, precision, scores));
            }
            if (html != null) {
                String title = "%s@%d sha256:%s".formatted(manifest.name(), manifest.version(), manifest.digest());
                Files.writeString(
                        html,
                        EvaluationPage.html(
                                title, EvaluationDocument.splits(scores), evaluation.worst(splits, scores, worst)));
            }
        }
        return 0;
    }

    private void comparePrunings(PublishedCheckpoint published, Map<String, List<CaseFiles>> splits)
            throws IOException {
        CheckpointManifest manifest = published.manifest();
        WeightsFile weights = WeightsFile.read(published.folder().resolve(CheckpointLayout.weights()));
        ProgressBar bar = new ProgressBar(spec.commandLine().getErr());
        PruningComparison comparison = new PruningComparison(
                weights, manifest.input(), manifest.output(), (words, done) -> bar.draw(done, words), System::nanoTime);
        List<PruningScore> scores = comparison.run(splits);
        bar.clear();
        PruningReport report = new PruningReport(manifest, scores);
        report.print(spec.commandLine().getOut());
        if (json != null) {
            JsonDocuments.write(json, report.document());
        }
    }

    private static TorchScriptPredictor predictor(PublishedCheckpoint published, Precision precision)
            throws IOException {
        CheckpointManifest manifest = published.manifest();
        CheckpointFile file = manifest.file(precision)
                .orElseThrow(() -> new IllegalArgumentException(
                        manifest.name() + "@" + manifest.version() + " has no file in " + precision.text()));
        return TorchScriptPredictor.load(published.folder().resolve(file.file()), manifest.input());
    }

    private static CheckpointEvaluation evaluation(CheckpointManifest manifest, TorchScriptPredictor predictor) {
        int labels = Math.max(2, manifest.output().maps());
        return new CheckpointEvaluation(
                manifest.input(), labels, manifest.output().threshold(), predictor);
    }

    /** How many pixels the rounding moved, on the very pictures that were scored. */
    private void printDisagreement(
            PublishedCheckpoint published, CheckpointEvaluation rounded, Map<String, List<CaseFiles>> splits)
            throws IOException {
        try (TorchScriptPredictor reference = predictor(published, Precision.FP32)) {
            CheckpointEvaluation exact = evaluation(published.manifest(), reference);
            PrintWriter out = spec.commandLine().getOut();
            splits.forEach((split, cases) -> out.println(String.format(
                    Locale.ROOT,
                    "disagreement=%.5f split=%s precision=%s against=fp32",
                    rounded.disagreement(exact, cases),
                    split,
                    precision.text())));
            out.flush();
        }
    }

    /** What a network learnt from says nothing about it, so {@code train/} counts only where there is nothing else. */
    private static Map<String, List<CaseFiles>> judged(Map<String, List<CaseFiles>> splits) {
        Map<String, List<CaseFiles>> judged = new LinkedHashMap<>(splits);
        judged.remove("train");
        return judged.isEmpty() ? splits : judged;
    }

    private void print(Map<String, SplitScore> splits, CheckpointManifest manifest) {
        PrintWriter out = spec.commandLine().getOut();
        splits.forEach((split, score) -> out.println(String.format(
                Locale.ROOT,
                "DSC=%.4f IoU=%.4f split=%s cases=%d checkpoint=%s@%d precision=%s",
                score.dice(),
                score.intersectionOverUnion(),
                split,
                score.cases(),
                manifest.name(),
                manifest.version(),
                precision.text())));
        out.flush();
    }
}
