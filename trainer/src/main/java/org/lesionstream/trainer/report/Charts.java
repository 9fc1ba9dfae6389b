package org.lesionstream.trainer.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.lesionstream.trainer.evaluation.CaseAssessment;
import org.lesionstream.trainer.evaluation.LabelAssessment;
import org.lesionstream.trainer.evaluation.SplitSummary.Calibration;
import org.lesionstream.trainer.metric.Reliability;

/** The drawings about one split. */
final class Charts {
    private Charts() {}

    /** Every image of a class as a dot, lowest DSC first: how many are bad, and how bad. */
    static String diceDistribution(List<String> classes, List<CaseAssessment> cases) {
        Plot plot = new Plot(
                "DSC of every image, sorted", Axis.linear("share of images, %", 0, 100), Axis.linear("DSC", 0, 1));
        for (int label = 1; label <= classes.size(); label++) {
            int index = label - 1;
            ToDoubleFunction<CaseAssessment> dice =
                    each -> each.labels().get(index).scores().dice();
            List<CaseAssessment> sorted = new ArrayList<>(cases);
            sorted.sort(Comparator.comparingDouble(dice).thenComparing(CaseAssessment::name));
            for (int rank = 0; rank < sorted.size(); rank++) {
                double value = dice.applyAsDouble(sorted.get(rank));
                plot.dot(
                        new Plot.Point(100 * (rank + 0.5) / sorted.size(), value),
                        index,
                        tip(sorted.get(rank), classes.get(index), "DSC " + Html.number(value)));
            }
        }
        return plot.figure();
    }

    /** Whether small lesions are the difficult ones; images without a lesion have no place in it. */
    static String diceAgainstSize(List<String> classes, List<CaseAssessment> cases) {
        double[] sizes = cases.stream()
                .flatMap(each -> each.labels().stream())
                .mapToDouble(image -> image.counts().truth())
                .filter(size -> size > 0)
                .sorted()
                .toArray();
        if (sizes.length == 0) {
            return "";
        }
        Plot plot = new Plot(
                "DSC against lesion size",
                Axis.decades("lesion pixels of the truth", sizes[0], sizes[sizes.length - 1]),
                Axis.linear("DSC", 0, 1));
        for (CaseAssessment each : cases) {
            for (int index = 0; index < classes.size(); index++) {
                LabelAssessment image = each.labels().get(index);
                if (image.hasLesion()) {
                    long size = image.counts().truth();
                    double dice = image.scores().dice();
                    String words = "%d pixels, DSC %s".formatted(size, Html.number(dice));
                    plot.dot(new Plot.Point(size, dice), index, tip(each, classes.get(index), words));
                }
            }
        }
        return plot.figure();
    }

    /** A bar for the share of right pixels of every bin; on the diagonal they are as often right as the network says. */
    static String reliability(String pixels, Calibration calibration) {
        Plot plot = new Plot(
                "Reliability over %s, ECE %s".formatted(pixels, Html.number(calibration.expectedCalibrationError())),
                Axis.linear("confidence", 0, 1),
                Axis.linear("share of right pixels", 0, 1));
        for (int index = 0; index < Reliability.BINS; index++) {
            Reliability.Bin bin = calibration.table().bins().get(index);
            OptionalDouble accuracy = bin.accuracy();
            if (accuracy.isPresent()) {
                double confidence = bin.confidence().orElseThrow();
                String words = "%d pixels, confidence %s, right %s"
                        .formatted(bin.pixels(), Html.number(confidence), Html.number(accuracy));
                double width = 1.0 / Reliability.BINS;
                plot.bar(index * width, (index + 1) * width, accuracy.getAsDouble(), 0, words);
                plot.dot(new Plot.Point(confidence, accuracy.getAsDouble()), 0, words);
            }
        }
        return plot.guide(new Plot.Point(0, 0), new Plot.Point(1, 1)).figure();
    }

    /** The names of classes in their colours; nothing for a single one. */
    static String legend(List<String> classes) {
        if (classes.size() < 2) {
            return "";
        }
        StringBuilder names = new StringBuilder("<p class=\"legend\">");
        for (int index = 0; index < classes.size(); index++) {
            names.append("<span class=\"%s\">&#9679; %s</span>"
                    .formatted(Style.series(index), Html.escaped(classes.get(index))));
        }
        return names + "</p>\n";
    }

    private static String tip(CaseAssessment image, String className, String words) {
        return image.name() + ", " + className + ": " + words;
    }
}
