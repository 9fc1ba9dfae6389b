package org.lesionstream.trainer.report;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lesionstream.trainer.evaluation.CaseScore;
import org.lesionstream.trainer.evaluation.PairedComparison;

/**
 * Two checkpoints on the same images as one page.
 *
 * @param checkpointA name, version and digest, as text
 * @param checkpointB likewise
 * @param comparisons class by class, of every split
 * @param scoresA of every case
 * @param scoresB of the same cases in the same order
 * @param shown cases with the largest differences, with a drawing for A and one for B
 */
public record ComparisonReport(
        String checkpointA,
        String checkpointB,
        Map<String, List<PairedComparison>> comparisons,
        Map<String, List<CaseScore>> scoresA,
        Map<String, List<CaseScore>> scoresB,
        List<ShownCase> shown) {

    private static final double SMALLEST_CHANCE = 0.0001;

    private static final String NOTES = """
            <p>A <code>%s</code><br>B <code>%s</code></p>
            <p class="note">DSC, mean of images; two empty masks score 1. The difference is A less B, in brackets its bootstrap 95 %% interval (percentiles of 2,000
            resamples of the images). Wilcoxon: signed-rank test, two-sided, images without a difference dropped, exact up to 25 differences and the normal
            approximation with correction for ties above. Sign flip: permutation test of the mean difference, two-sided, exact up to 16 differences and 9,999
            draws above. A p value says how often images alone would make such a difference between equal checkpoints; with several classes and splits
            some are small by chance.</p>
            """;

    /** The page. */
    public String html() {
        StringBuilder body = new StringBuilder(NOTES.formatted(Html.escaped(checkpointA), Html.escaped(checkpointB)));
        comparisons.forEach((split, classes) -> body.append(section(split, classes)));
        body.append(ShownCase.gallery("Largest differences", "First A, below it B.", shown));
        return Html.page("Comparison", body.toString());
    }

    private String section(String split, List<PairedComparison> classes) {
        Table table = new Table(
                1,
                "class",
                "DSC of A",
                "DSC of B",
                "difference",
                "A better",
                "equal",
                "B better",
                "Wilcoxon p",
                "sign-flip p");
        for (PairedComparison each : classes) {
            table.row(
                    each.subject(),
                    Html.number(each.diceOfA()),
                    Html.number(each.diceOfB()),
                    Html.estimate(each.difference(), 4),
                    each.wins(),
                    each.ties(),
                    each.losses(),
                    chance(each.signedRank().chance()),
                    chance(each.signFlip().chance()));
        }
        return "<h2>Split %s, %d images</h2>%n%s<div class=\"charts\">%n%s%s</div>%n"
                .formatted(Html.escaped(split), scoresA.get(split).size(), table.html(), against(split), sorted(split));
    }

    private static String chance(double chance) {
        return chance < SMALLEST_CHANCE ? "< " + Html.number(SMALLEST_CHANCE) : Html.number(chance);
    }

    /** Every image as a dot; below the diagonal A is better. */
    private String against(String split) {
        Plot plot =
                new Plot("DSC of both, image by image", Axis.linear("DSC of A", 0, 1), Axis.linear("DSC of B", 0, 1));
        List<CaseScore> a = scoresA.get(split);
        List<CaseScore> b = scoresB.get(split);
        for (int index = 0; index < a.size(); index++) {
            Plot.Point at = new Plot.Point(a.get(index).dice(), b.get(index).dice());
            plot.dot(at, 0, "%s: A %s, B %s".formatted(a.get(index).name(), Html.number(at.x()), Html.number(at.y())));
        }
        return plot.guide(new Plot.Point(0, 0), new Plot.Point(1, 1)).figure();
    }

    /** The differences from the one that speaks most for B to the one that speaks most for A. */
    private String sorted(String split) {
        List<CaseScore> a = scoresA.get(split);
        List<CaseScore> b = scoresB.get(split);
        double[] sorted = IntStream.range(0, a.size())
                .mapToDouble(index -> a.get(index).dice() - b.get(index).dice())
                .sorted()
                .toArray();
        Axis up = Axis.around("DSC of A less DSC of B", Math.min(0, sorted[0]), Math.max(0, sorted[sorted.length - 1]));
        Plot plot = new Plot("Differences, sorted", Axis.linear("share of images, %", 0, 100), up);
        for (int rank = 0; rank < sorted.length; rank++) {
            plot.dot(
                    new Plot.Point(100 * (rank + 0.5) / sorted.length, sorted[rank]),
                    sorted[rank] < 0 ? 1 : 0,
                    Html.number(sorted[rank]));
        }
        return plot.guide(new Plot.Point(0, 0), new Plot.Point(100, 0)).figure();
    }
}
