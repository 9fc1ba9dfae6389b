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
import java.util.function.Consumer;
import java.util.function.Function;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.trainer.data.CaseFiles;
import org.lesionstream.trainer.evaluation.CaseAssessment;
import org.lesionstream.trainer.evaluation.CaseRanking;
import org.lesionstream.trainer.evaluation.MaskFolder;
import org.lesionstream.trainer.evaluation.PruningComparison;
import org.lesionstream.trainer.evaluation.PruningScore;
import org.lesionstream.trainer.evaluation.SplitScore;
import org.lesionstream.trainer.evaluation.SplitSummary;
import org.lesionstream.trainer.metric.Bootstrap;
import org.lesionstream.trainer.metric.LesionMatching;
import org.lesionstream.trainer.registry.PublishedCheckpoint;
import org.lesionstream.trainer.report.EvaluationReport;
import org.lesionstream.trainer.weights.WeightsFile;
import picocli.CommandLine;
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
            "Runs a checkpoint on pictures and compares its masks with the truth; val and test are scored apart, and train",
            "only where there is nothing else.",
            "Prints DSC and IoU, means over cases, for each split; for a rounded precision also the share of pixels",
            "whose label differs from that of the fp32 file. Below stand tables with intervals, by class and by lesion,",
            "and how far the network's confidence can be trusted."
        })
final class EvaluateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Mixin
    private CheckpointOption checkpoint;

    @Mixin
    private DataOptions data;

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
            names = "--csv",
            paramLabel = "FILE",
            description = "Write the scores as CSV, a row for each image and class.")
    private Path csv;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page with tables, curves and cases. It holds pictures: treat it like them.")
    private Path html;

    @Option(
            names = "--save-masks",
            paramLabel = "DIR",
            description =
                    "Write the mask of every picture, NAME.png with label values; the folder must be new or empty.")
    private Path saveMasks;

    @Mixin
    private GalleryOptions galleries;

    @Option(
            names = "--lesion-overlap",
            paramLabel = "IOU",
            defaultValue = "0",
            converter = LesionMatchingConverter.class,
            description = {
                "Intersection over union with a predicted lesion from which a lesion counts as found, 0 to 1;",
                "0 asks for one common pixel (default: ${DEFAULT-VALUE})."
            })
    private LesionMatching matching;

    @Option(
            names = "--all-prunings",
            description = {
                "Compare L1, L2 and on of a UNet++ with deep supervision, and the average of all heads (accurate): each",
                "is exported to a temporary fp32 file and run on the pictures."
            })
    private boolean allPrunings;

    @Override
    public Integer call() throws IOException {
        if (allPrunings && (precision != Precision.FP32 || html != null || csv != null || saveMasks != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--all-prunings runs fp32 files and writes neither page, table nor masks: leave out --precision, --html, --csv and --save-masks");
        }
        PublishedCheckpoint published = store.open().resolve(checkpoint.reference());
        Map<String, List<CaseFiles>> splits = data.read().judging();
        if (allPrunings) {
            comparePrunings(published, splits);
            return 0;
        }
        Function<CaseFiles, Consumer<LabelMask>> saving = saving(published.manifest());
        try (RunningCheckpoint running = RunningCheckpoint.load(published, precision)) {
            CaseProgress progress = new CaseProgress(spec.commandLine().getErr(), CommandLine.Help.Ansi.AUTO.enabled());
            Map<String, List<CaseAssessment>> assessments =
                    progress.each(splits, files -> running.evaluation().assess(files, matching, saving.apply(files)));
            print(EvaluationDocument.splits(EvaluationDocument.scores(assessments)), running);
            if (precision != Precision.FP32) {
                printDisagreement(running, splits);
            }
            Map<String, SplitSummary> summaries = new LinkedHashMap<>();
            assessments.forEach((split, ofSplit) ->
                    summaries.put(split, SplitSummary.of(running.classNames(), ofSplit, Bootstrap.DEFAULT)));
            new EvaluationTable(spec.commandLine().getOut()).print(summaries);
            write(running, splits, summaries, assessments);
        }
        return 0;
    }

    /** For each case what shall become of its mask. */
    private Function<CaseFiles, Consumer<LabelMask>> saving(CheckpointManifest manifest) throws IOException {
        if (saveMasks == null) {
            return files -> mask -> {};
        }
        MaskFolder folder = MaskFolder.empty(saveMasks, manifest.classes().size());
        return files -> mask -> folder.write(files, mask);
    }

    private void write(
            RunningCheckpoint running,
            Map<String, List<CaseFiles>> splits,
            Map<String, SplitSummary> summaries,
            Map<String, List<CaseAssessment>> assessments)
            throws IOException {
        if (json != null) {
            JsonDocuments.write(
                    json,
                    EvaluationDocument.of(
                            running.manifest(),
                            precision,
                            matching.leastOverlap(),
                            Bootstrap.DEFAULT,
                            summaries,
                            assessments));
        }
        if (csv != null) {
            EvaluationCsv.write(csv, running.classNames(), assessments);
        }
        if (html != null) {
            CaseRanking ranking =
                    CaseRanking.of(splits, assessments, each -> each.score().dice());
            GalleryOptions.Galleries drawn = galleries.draw(running, ranking);
            EvaluationReport report = new EvaluationReport(
                    running.title(),
                    matching.leastOverlap(),
                    summaries,
                    assessments,
                    drawn.worst(),
                    drawn.middle(),
                    drawn.best(),
                    TrainingCurves.of(running.published()));
            Files.writeString(html, report.html());
        }
    }

    private void comparePrunings(PublishedCheckpoint published, Map<String, List<CaseFiles>> splits)
            throws IOException {
        CheckpointManifest manifest = published.manifest();
        WeightsFile weights = WeightsFile.read(published.folder().resolve(CheckpointLayout.weights()));
        ProgressBar bar = ProgressBar.on(spec.commandLine().getErr());
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

    /** How many pixels the rounding moved, on the very pictures that were scored. */
    private void printDisagreement(RunningCheckpoint rounded, Map<String, List<CaseFiles>> splits) throws IOException {
        try (RunningCheckpoint exact = RunningCheckpoint.load(rounded.published(), Precision.FP32)) {
            PrintWriter out = spec.commandLine().getOut();
            splits.forEach((split, ofSplit) -> out.println(String.format(
                    Locale.ROOT,
                    "disagreement=%.5f split=%s precision=%s against=fp32",
                    rounded.evaluation().disagreement(exact.evaluation(), ofSplit),
                    split,
                    precision.text())));
            out.flush();
        }
    }

    private void print(Map<String, SplitScore> splits, RunningCheckpoint running) {
        PrintWriter out = spec.commandLine().getOut();
        splits.forEach((split, score) -> out.println(String.format(
                Locale.ROOT,
                "DSC=%.4f IoU=%.4f split=%s cases=%d checkpoint=%s precision=%s",
                score.dice(),
                score.intersectionOverUnion(),
                split,
                score.cases(),
                running.reference(),
                precision.text())));
        out.flush();
    }
}
