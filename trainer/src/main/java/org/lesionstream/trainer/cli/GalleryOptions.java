package org.lesionstream.trainer.cli;

import java.util.List;
import java.util.Locale;
import org.lesionstream.trainer.evaluation.CaseRanking;
import org.lesionstream.trainer.report.ShownCase;
import picocli.CommandLine.Option;

/** The options that say how many cases of an evaluation are drawn. */
final class GalleryOptions {

    @Option(
            names = "--worst",
            paramLabel = "N",
            defaultValue = "12",
            description = "Worst cases on the page (default: ${DEFAULT-VALUE}).")
    private int worst;

    @Option(
            names = "--middle",
            paramLabel = "N",
            defaultValue = "4",
            description = "Cases around the median on the page (default: ${DEFAULT-VALUE}).")
    private int middle;

    @Option(
            names = "--best",
            paramLabel = "N",
            defaultValue = "4",
            description = "Best cases on the page (default: ${DEFAULT-VALUE}).")
    private int best;

    /**
     * Cases with their drawings; none is among two of them.
     *
     * @param worst worst first
     * @param middle of what is left without the worst
     * @param best of what is left then
     */
    record Galleries(List<ShownCase> worst, List<ShownCase> middle, List<ShownCase> best) {}

    /**
     * Draws them.
     *
     * @param ranking by Dice
     */
    Galleries draw(RunningCheckpoint running, CaseRanking ranking) {
        return new Galleries(
                drawn(running, ranking.lowest(worst)),
                drawn(running, ranking.middle(middle)),
                drawn(running, ranking.highest(best)));
    }

    private static List<ShownCase> drawn(RunningCheckpoint running, List<CaseRanking.Ranked> ranked) {
        return ranked.stream()
                .map(each -> new ShownCase(
                        each.split(),
                        each.files().name(),
                        List.of(running.evaluation().draw(each.files())),
                        String.format(Locale.ROOT, "DSC %.4f", each.rank())))
                .toList();
    }
}
