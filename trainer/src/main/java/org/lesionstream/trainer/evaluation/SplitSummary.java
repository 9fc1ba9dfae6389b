package org.lesionstream.trainer.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.lesionstream.trainer.metric.Bootstrap;
import org.lesionstream.trainer.metric.Estimate;
import org.lesionstream.trainer.metric.PixelCounts;
import org.lesionstream.trainer.metric.Reliability;

/**
 * Everything that is measured about one split.
 *
 * @param images how many
 * @param dice mean over images of each image's mean over its classes; equal to {@code macroOfImageMeans.dice}, with its interval
 * @param intersectionOverUnion likewise
 * @param macroOfImageMeans mean over classes of the means over images
 * @param macroOfMicro mean over classes of the scores of pooled pixels
 * @param micro one confusion matrix over the pixels of all images and classes
 * @param classes one by one
 * @param calibration over all pixels
 * @param foregroundCalibration over the pixels decided to be lesion
 */
public record SplitSummary(
        int images,
        Estimate dice,
        Estimate intersectionOverUnion,
        PixelScores macroOfImageMeans,
        PixelScores macroOfMicro,
        PixelScores micro,
        List<LabelSummary> classes,
        Calibration calibration,
        Calibration foregroundCalibration) {

    public SplitSummary {
        classes = List.copyOf(classes);
    }

    /**
     * The reliability table with what it comes to.
     *
     * @param expectedCalibrationError absent without pixels
     * @param table ten bins of confidence
     */
    public record Calibration(OptionalDouble expectedCalibrationError, Reliability table) {
        static Calibration of(List<CaseAssessment> cases, Function<CaseAssessment, Reliability> table) {
            Reliability sum = cases.stream().map(table).reduce(Reliability.NONE, Reliability::plus);
            return new Calibration(sum.expectedCalibrationError(), sum);
        }
    }

    /**
     * Sums up a split.
     *
     * @param classNames label 1 first
     * @param cases at least one
     */
    public static SplitSummary of(List<String> classNames, List<CaseAssessment> cases, Bootstrap bootstrap) {
        boolean millimetres = cases.stream().allMatch(CaseAssessment::spaced);
        List<LabelSummary> classes = new ArrayList<>();
        PixelCounts pooled = PixelCounts.NONE;
        for (int index = 0; index < classNames.size(); index++) {
            int at = index;
            List<LabelAssessment> images =
                    cases.stream().map(each -> each.labels().get(at)).toList();
            classes.add(LabelSummary.of(index + 1, classNames.get(index), images, millimetres, bootstrap));
            for (LabelAssessment image : images) {
                pooled = pooled.plus(image.counts());
            }
        }
        return new SplitSummary(
                cases.size(),
                mean(cases, CaseScore::dice, bootstrap),
                mean(cases, CaseScore::intersectionOverUnion, bootstrap),
                PixelScores.macro(classes.stream()
                        .map(each -> each.meanOfImages().scores())
                        .toList()),
                PixelScores.macro(classes.stream().map(LabelSummary::micro).toList()),
                PixelScores.of(pooled),
                classes,
                Calibration.of(cases, CaseAssessment::all),
                Calibration.of(cases, CaseAssessment::foreground));
    }

    private static Estimate mean(List<CaseAssessment> cases, ToDoubleFunction<CaseScore> score, Bootstrap bootstrap) {
        return bootstrap
                .mean(cases.stream()
                        .map(CaseAssessment::score)
                        .mapToDouble(score)
                        .toArray())
                .orElseThrow();
    }
}
