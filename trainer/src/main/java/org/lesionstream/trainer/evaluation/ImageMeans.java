package org.lesionstream.trainer.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.lesionstream.trainer.metric.Bootstrap;
import org.lesionstream.trainer.metric.Estimate;

/**
 * Means over images of one class, each over the images that have the score, with bootstrap 95 % intervals ("mean of images").
 *
 * @param dice over all images; 1 where both masks are empty
 * @param diceWithLesion over the images whose truth holds the class; absent without any
 * @param intersectionOverUnion over all images; 1 where both masks are empty
 * @param meanAbsoluteError of the decided masks, over all images
 * @param sensitivity over the images whose truth holds the class
 * @param specificity over the images that are not all lesion
 * @param hausdorff95 over the images whose masks both hold the class
 * @param hausdorff95Unit {@code mm} when every picture tells its spacing, else {@code px}
 * @param hausdorff95Undefined images with exactly one empty mask: they have no distance, and no mean speaks about them
 */
public record ImageMeans(
        Estimate dice,
        Optional<Estimate> diceWithLesion,
        Estimate intersectionOverUnion,
        Estimate meanAbsoluteError,
        Optional<Estimate> sensitivity,
        Optional<Estimate> specificity,
        Optional<Estimate> hausdorff95,
        String hausdorff95Unit,
        int hausdorff95Undefined) {

    /**
     * Means of some images.
     *
     * @param images of one class, at least one
     * @param millimetres whether distances are to be in millimetres, else in pixels
     */
    static ImageMeans of(List<LabelAssessment> images, boolean millimetres, Bootstrap bootstrap) {
        List<LabelAssessment> withLesion =
                images.stream().filter(LabelAssessment::hasLesion).toList();
        Function<LabelAssessment, OptionalDouble> dice =
                image -> OptionalDouble.of(image.scores().dice());
        Function<LabelAssessment, OptionalDouble> distance =
                millimetres ? LabelAssessment::hausdorff95Millimetres : LabelAssessment::hausdorff95Pixels;
        return new ImageMeans(
                mean(images, dice, bootstrap).orElseThrow(),
                mean(withLesion, dice, bootstrap),
                mean(images, image -> OptionalDouble.of(image.scores().intersectionOverUnion()), bootstrap)
                        .orElseThrow(),
                mean(images, image -> OptionalDouble.of(image.scores().meanAbsoluteError()), bootstrap)
                        .orElseThrow(),
                mean(images, image -> image.scores().sensitivity(), bootstrap),
                mean(images, image -> image.scores().specificity(), bootstrap),
                mean(images, distance, bootstrap),
                millimetres ? "mm" : "px",
                (int) images.stream()
                        .filter(image -> image.hausdorff95Pixels().isEmpty()
                                && !image.counts().bothEmpty())
                        .count());
    }

    private static Optional<Estimate> mean(
            List<LabelAssessment> images, Function<LabelAssessment, OptionalDouble> score, Bootstrap bootstrap) {
        return bootstrap.mean(images.stream()
                .map(score)
                .flatMapToDouble(OptionalDouble::stream)
                .toArray());
    }

    /** The means alone. */
    PixelScores scores() {
        return new PixelScores(
                dice.mean(),
                intersectionOverUnion.mean(),
                meanAbsoluteError.mean(),
                plain(sensitivity),
                plain(specificity));
    }

    private static OptionalDouble plain(Optional<Estimate> estimate) {
        return estimate.stream().mapToDouble(Estimate::mean).findFirst();
    }
}
