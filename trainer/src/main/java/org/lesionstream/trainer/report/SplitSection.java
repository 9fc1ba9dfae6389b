package org.lesionstream.trainer.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.lesionstream.trainer.evaluation.CaseAssessment;
import org.lesionstream.trainer.evaluation.Detection;
import org.lesionstream.trainer.evaluation.ImageMeans;
import org.lesionstream.trainer.evaluation.LabelAssessment;
import org.lesionstream.trainer.evaluation.LabelSummary;
import org.lesionstream.trainer.evaluation.PixelScores;
import org.lesionstream.trainer.evaluation.SplitSummary;
import org.lesionstream.trainer.metric.Reliability;

/** What a page says about one split: tables first, then curves, then the long tables that are folded away. */
final class SplitSection {
    private final String split;
    private final SplitSummary summary;
    private final List<CaseAssessment> cases;
    private final List<String> classes;

    SplitSection(String split, SplitSummary summary, List<CaseAssessment> cases) {
        this.split = split;
        this.summary = summary;
        this.cases = cases;
        this.classes = summary.classes().stream().map(LabelSummary::name).toList();
    }

    String html() {
        return "<h2>Split %s, %d images</h2>%n".formatted(Html.escaped(split), summary.images())
                + averages()
                + "<h3>By class, mean of images</h3>\n"
                + imageMeans()
                + "<h3>By class, micro</h3>\n"
                + micro()
                + "<h3>Lesion by lesion</h3>\n"
                + detection()
                + "<h3>Curves</h3>\n"
                + Charts.legend(classes)
                + "<div class=\"charts\">\n"
                + Charts.diceDistribution(classes, cases)
                + Charts.diceAgainstSize(classes, cases)
                + Charts.reliability("pixels decided as lesion", summary.foregroundCalibration())
                + Charts.reliability("all pixels", summary.calibration())
                + "</div>\n"
                + folded("Reliability tables", reliability())
                + folded("Every case", everyCase());
    }

    private String averages() {
        Table table = new Table(1, "average", "DSC", "IoU", "MAE", "sensitivity", "specificity");
        PixelScores means = summary.macroOfImageMeans();
        table.row(
                "mean of images, macro over classes",
                Html.estimate(summary.dice(), 4),
                Html.estimate(summary.intersectionOverUnion(), 4),
                Html.number(means.meanAbsoluteError()),
                Html.number(means.sensitivity()),
                Html.number(means.specificity()));
        scores(table, "micro, macro over classes", summary.macroOfMicro());
        scores(table, "micro over all classes", summary.micro());
        return table.html();
    }

    private String imageMeans() {
        Table table = new Table(
                1,
                "class",
                "images with lesion",
                "both masks empty",
                "DSC",
                "DSC, images with lesion",
                "IoU",
                "MAE",
                "sensitivity",
                "specificity",
                "HD95, " + summary.classes().get(0).meanOfImages().hausdorff95Unit(),
                "HD95 undefined");
        for (LabelSummary each : summary.classes()) {
            ImageMeans means = each.meanOfImages();
            table.row(
                    each.name(),
                    each.imagesWithLesion(),
                    each.imagesBothEmpty(),
                    Html.estimate(means.dice(), 4),
                    Html.estimate(means.diceWithLesion(), 4),
                    Html.estimate(means.intersectionOverUnion(), 4),
                    Html.estimate(means.meanAbsoluteError(), 4),
                    Html.estimate(means.sensitivity(), 4),
                    Html.estimate(means.specificity(), 4),
                    Html.estimate(means.hausdorff95(), 2),
                    means.hausdorff95Undefined());
        }
        return table.html();
    }

    private String micro() {
        Table table = new Table(1, "class", "DSC", "IoU", "MAE", "sensitivity", "specificity");
        summary.classes().forEach(each -> scores(table, each.name(), each.micro()));
        return table.html();
    }

    private static void scores(Table table, String name, PixelScores scores) {
        table.row(
                name,
                Html.number(scores.dice()),
                Html.number(scores.intersectionOverUnion()),
                Html.number(scores.meanAbsoluteError()),
                Html.number(scores.sensitivity()),
                Html.number(scores.specificity()));
    }

    private String detection() {
        Table table = new Table(
                1,
                "class",
                "true",
                "found",
                "recall",
                "predicted",
                "right",
                "precision",
                "F1",
                "images without lesion",
                "alarmed",
                "false alarms per image");
        for (LabelSummary each : summary.classes()) {
            Detection found = each.detection();
            table.row(
                    each.name(),
                    found.counts().truth(),
                    found.counts().found(),
                    Html.number(found.recall()),
                    found.counts().predicted(),
                    found.counts().right(),
                    Html.number(found.precision()),
                    Html.number(found.f1()),
                    found.imagesWithoutLesion(),
                    Html.percent(found.falseAlarmRate()),
                    Html.number(found.falseAlarmsPerImage()));
        }
        return table.html();
    }

    private String reliability() {
        Table table = new Table(
                1,
                "confidence",
                "pixels as lesion",
                "mean confidence",
                "right",
                "all pixels",
                "mean confidence",
                "right");
        for (int index = 0; index < Reliability.BINS; index++) {
            Reliability.Bin lesion =
                    summary.foregroundCalibration().table().bins().get(index);
            Reliability.Bin all = summary.calibration().table().bins().get(index);
            table.row(
                    Html.decimals(index / (double) Reliability.BINS, 1) + " to "
                            + Html.decimals((index + 1) / (double) Reliability.BINS, 1),
                    lesion.pixels(),
                    Html.number(lesion.confidence()),
                    Html.number(lesion.accuracy()),
                    all.pixels(),
                    Html.number(all.confidence()),
                    Html.number(all.accuracy()));
        }
        return table.html();
    }

    private String everyCase() {
        Table table =
                new Table(2, "case", "class", "DSC", "IoU", "HD95, px", "true pixels", "lesions", "found", "predicted");
        List<CaseAssessment> sorted = new ArrayList<>(cases);
        sorted.sort(
                Comparator.comparingDouble((CaseAssessment each) -> each.score().dice())
                        .thenComparing(CaseAssessment::name));
        for (CaseAssessment each : sorted) {
            for (int index = 0; index < classes.size(); index++) {
                LabelAssessment image = each.labels().get(index);
                table.row(
                        each.name(),
                        classes.get(index),
                        Html.number(image.scores().dice()),
                        Html.number(image.scores().intersectionOverUnion()),
                        image.hausdorff95Pixels().isPresent()
                                ? Html.decimals(image.hausdorff95Pixels().getAsDouble(), 2)
                                : Html.ABSENT,
                        image.counts().truth(),
                        image.lesions().truth(),
                        image.lesions().found(),
                        image.lesions().predicted());
            }
        }
        return table.html();
    }

    private static String folded(String title, String content) {
        return "<details><summary>%s</summary>%n%s</details>%n".formatted(title, content);
    }
}
