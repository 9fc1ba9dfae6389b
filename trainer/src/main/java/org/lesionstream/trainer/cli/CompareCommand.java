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
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.trainer.data.CaseFiles;
import org.lesionstream.trainer.evaluation.CaseRanking;
import org.lesionstream.trainer.evaluation.CaseScore;
import org.lesionstream.trainer.evaluation.PairedComparison;
import org.lesionstream.trainer.metric.Bootstrap;
import org.lesionstream.trainer.report.ComparisonReport;
import org.lesionstream.trainer.report.ShownCase;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs two published checkpoints on the same pictures and says whether the difference is more than chance. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Runs two checkpoints, A (--checkpoint) and B (--with), on the same pictures and compares their DSC image by",
            "image; val and test are compared apart, and train only where there is nothing else.",
            "Prints for each class the mean difference A less B with its bootstrap 95 %% interval, on how many images",
            "each is better, and the p values of Wilcoxon's signed-rank test and of a sign-flip permutation test."
        })
final class CompareCommand implements Callable<Integer> {

    /** What a comparison made of one picture. */
    private record Pair(CaseScore a, CaseScore b) {
        double distance() {
            return Math.abs(a.dice() - b.dice());
        }
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Mixin
    private DataOptions data;

    @Mixin
    private CheckpointOption checkpoint;

    @Option(
            names = "--with",
            required = true,
            paramLabel = "B",
            converter = ReferenceConverter.class,
            description = "The checkpoint to compare it with.")
    private CheckpointReference with;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the comparison and every case as JSON.")
    private Path json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page with the cases that differ most. It holds pictures: treat it like them.")
    private Path html;

    @Option(
            names = "--shown",
            paramLabel = "N",
            defaultValue = "8",
            description = "Cases on the page (default: ${DEFAULT-VALUE}).")
    private int shown;

    @Override
    public Integer call() throws IOException {
        Map<String, List<CaseFiles>> splits = data.read().judging();
        try (RunningCheckpoint a =
                        RunningCheckpoint.load(store.open().resolve(checkpoint.reference()), Precision.FP32);
                RunningCheckpoint b = RunningCheckpoint.load(store.open().resolve(with), Precision.FP32)) {
            if (!a.classNames().equals(b.classNames())) {
                throw new IllegalArgumentException(
                        "checkpoints must have the same classes, had " + a.classNames() + " and " + b.classNames());
            }
            CaseProgress progress = new CaseProgress(spec.commandLine().getErr(), CommandLine.Help.Ansi.AUTO.enabled());
            Map<String, List<Pair>> pairs = progress.each(
                    splits,
                    files ->
                            new Pair(a.evaluation().score(files), b.evaluation().score(files)));
            Map<String, List<CaseScore>> scoresA = new LinkedHashMap<>();
            Map<String, List<CaseScore>> scoresB = new LinkedHashMap<>();
            Map<String, List<PairedComparison>> comparisons = new LinkedHashMap<>();
            pairs.forEach((split, ofSplit) -> {
                scoresA.put(split, ofSplit.stream().map(Pair::a).toList());
                scoresB.put(split, ofSplit.stream().map(Pair::b).toList());
                comparisons.put(
                        split,
                        PairedComparison.of(a.classNames(), scoresA.get(split), scoresB.get(split), Bootstrap.DEFAULT));
            });
            print(comparisons, a, b);
            if (json != null) {
                JsonDocuments.write(json, ComparisonDocument.of(a, b, comparisons, scoresA, scoresB));
            }
            if (html != null) {
                List<ShownCase> drawn = drawn(a, b, CaseRanking.of(splits, pairs, pair -> -pair.distance()));
                ComparisonReport report =
                        new ComparisonReport(a.title(), b.title(), comparisons, scoresA, scoresB, drawn);
                Files.writeString(html, report.html());
            }
        }
        return 0;
    }

    private List<ShownCase> drawn(RunningCheckpoint a, RunningCheckpoint b, CaseRanking ranking) {
        return ranking.lowest(shown).stream()
                .map(each -> new ShownCase(
                        each.split(),
                        each.files().name(),
                        List.of(
                                a.evaluation().draw(each.files()),
                                b.evaluation().draw(each.files())),
                        String.format(Locale.ROOT, "DSC differs by %.4f", -each.rank())))
                .toList();
    }

    private void print(Map<String, List<PairedComparison>> comparisons, RunningCheckpoint a, RunningCheckpoint b) {
        PrintWriter out = spec.commandLine().getOut();
        comparisons.forEach((split, classes) -> classes.forEach(each -> out.printf(
                Locale.ROOT,
                "difference=%.4f low=%.4f high=%.4f A=%.4f B=%.4f wins=%d ties=%d losses=%d wilcoxon-p=%.4g sign-flip-p=%.4g"
                        + " split=%s cases=%d checkpoint=%s with=%s class=%s%n",
                each.difference().mean(),
                each.difference().low(),
                each.difference().high(),
                each.diceOfA(),
                each.diceOfB(),
                each.wins(),
                each.ties(),
                each.losses(),
                each.signedRank().chance(),
                each.signFlip().chance(),
                split,
                each.difference().images(),
                a.reference(),
                b.reference(),
                each.subject())));
        out.flush();
    }
}
