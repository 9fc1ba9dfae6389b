package org.lesionstream.trainer.evaluation;

import java.util.List;
import java.util.OptionalDouble;
import org.lesionstream.trainer.metric.LesionCounts;

/**
 * How well the lesions of one class are told from the rest, over all images together, whatever their size.
 *
 * @param counts of lesions: there, found, predicted, right
 * @param precision share of the predicted ones that are right; absent without any
 * @param recall share of the true ones that were found; absent without any
 * @param f1 their harmonic mean
 * @param imagesWithoutLesion images whose truth lacks the class
 * @param alarmedImages those of them on which something was predicted
 * @param falseAlarmRate share of them; absent when every image holds the class
 * @param falseAlarmsPerImage mean number of lesions predicted on them; likewise
 */
public record Detection(
        LesionCounts counts,
        OptionalDouble precision,
        OptionalDouble recall,
        OptionalDouble f1,
        int imagesWithoutLesion,
        int alarmedImages,
        OptionalDouble falseAlarmRate,
        OptionalDouble falseAlarmsPerImage) {

    static Detection of(List<LabelAssessment> images) {
        LesionCounts counts =
                images.stream().map(LabelAssessment::lesions).reduce(LesionCounts.NONE, LesionCounts::plus);
        List<LesionCounts> without = images.stream()
                .filter(image -> !image.hasLesion())
                .map(LabelAssessment::lesions)
                .toList();
        long alarmed = without.stream().filter(image -> image.predicted() > 0).count();
        return new Detection(
                counts,
                counts.precision(),
                counts.recall(),
                counts.f1(),
                without.size(),
                (int) alarmed,
                without.stream()
                        .mapToInt(image -> image.predicted() > 0 ? 1 : 0)
                        .average(),
                without.stream().mapToLong(LesionCounts::predicted).average());
    }
}
