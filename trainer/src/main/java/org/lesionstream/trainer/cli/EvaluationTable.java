package org.lesionstream.trainer.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.lesionstream.trainer.evaluation.Detection;
import org.lesionstream.trainer.evaluation.ImageMeans;
import org.lesionstream.trainer.evaluation.LabelSummary;
import org.lesionstream.trainer.evaluation.PixelScores;
import org.lesionstream.trainer.evaluation.SplitSummary;
import org.lesionstream.trainer.metric.Estimate;

/** What {@code evaluate} tells people below its lines for programs: averages, classes, lesions and calibration of every split. */
final class EvaluationTable {
    private static final String ABSENT = "-";

    private final PrintWriter out;

    EvaluationTable(PrintWriter out) {
        this.out = out;
    }

    void print(Map<String, SplitSummary> summaries) {
        summaries.forEach(this::print);
        out.println();
        out.println(
                "mean: mean of images with its bootstrap 95 % interval; micro: one confusion matrix over the pixels of all");
        out.println(
                "images; macro: mean over classes. Two empty masks score 1. HD95 undefined: images with one empty mask.");
        out.flush();
    }

    private void print(String split, SplitSummary summary) {
        out.println();
        out.printf("split %s, %d images%n", split, summary.images());
        out.printf("%-32s %-24s %-24s %7s %7s %7s%n", "average", "DSC", "IoU", "MAE", "sens.", "spec.");
        scores(
                "mean of images, macro",
                interval(summary.dice(), 4),
                interval(summary.intersectionOverUnion(), 4),
                summary.macroOfImageMeans());
        scores("micro, macro over classes", summary.macroOfMicro());
        scores("micro over all classes", summary.micro());
        for (LabelSummary each : summary.classes()) {
            ImageMeans means = each.meanOfImages();
            scores(
                    each.name() + ": mean of images",
                    interval(means.dice(), 4),
                    interval(means.intersectionOverUnion(), 4),
                    new PixelScores(
                            means.dice().mean(),
                            means.intersectionOverUnion().mean(),
                            means.meanAbsoluteError().mean(),
                            plain(means.sensitivity()),
                            plain(means.specificity())));
            scores(each.name() + ": micro", each.micro());
        }
        summary.classes().forEach(this::details);
        out.printf(
                "calibration: ECE %s over pixels decided as lesion, %s over all pixels%n",
                number(summary.foregroundCalibration().expectedCalibrationError()),
                number(summary.calibration().expectedCalibrationError()));
    }

    private void details(LabelSummary each) {
        ImageMeans means = each.meanOfImages();
        Detection found = each.detection();
        out.printf(
                "%s: images with lesion %d, DSC on them %s; both masks empty %d%n",
                each.name(), each.imagesWithLesion(), interval(means.diceWithLesion(), 4), each.imagesBothEmpty());
        out.printf(
                "%s: HD95 in %s %s over %d images, undefined on %d%n",
                each.name(),
                means.hausdorff95Unit(),
                interval(means.hausdorff95(), 2),
                means.hausdorff95().map(Estimate::images).orElse(0),
                means.hausdorff95Undefined());
        out.printf(
                "%s: lesions found %d of %d, right %d of %d; precision %s recall %s F1 %s%n",
                each.name(),
                found.counts().found(),
                found.counts().truth(),
                found.counts().right(),
                found.counts().predicted(),
                number(found.precision()),
                number(found.recall()),
                number(found.f1()));
        out.printf(
                "%s: images without lesion %d, false alarms on %d (share %s), lesions predicted per such image %s%n",
                each.name(),
                found.imagesWithoutLesion(),
                found.alarmedImages(),
                number(found.falseAlarmRate()),
                number(found.falseAlarmsPerImage()));
    }

    private void scores(String name, PixelScores scores) {
        scores(name, decimals(scores.dice(), 4), decimals(scores.intersectionOverUnion(), 4), scores);
    }

    private void scores(String name, String dice, String overlap, PixelScores scores) {
        out.printf(
                "%-32s %-24s %-24s %7s %7s %7s%n",
                name,
                dice,
                overlap,
                decimals(scores.meanAbsoluteError(), 4),
                number(scores.sensitivity()),
                number(scores.specificity()));
    }

    private static OptionalDouble plain(Optional<Estimate> estimate) {
        return estimate.stream().mapToDouble(Estimate::mean).findFirst();
    }

    private static String interval(Optional<Estimate> estimate, int decimals) {
        return estimate.map(present -> interval(present, decimals)).orElse(ABSENT);
    }

    private static String interval(Estimate estimate, int decimals) {
        return decimals(estimate.mean(), decimals) + " [" + decimals(estimate.low(), decimals) + ", "
                + decimals(estimate.high(), decimals) + "]";
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? decimals(value.getAsDouble(), 4) : ABSENT;
    }

    private static String decimals(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
