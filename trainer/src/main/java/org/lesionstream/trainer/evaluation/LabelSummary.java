package org.lesionstream.trainer.evaluation;

import java.util.List;
import org.lesionstream.trainer.metric.Bootstrap;
import org.lesionstream.trainer.metric.PixelCounts;

/**
 * One class over the images of a split.
 *
 * @param label value in the masks
 * @param name of the class
 * @param images how many
 * @param imagesWithLesion those whose truth holds the class
 * @param imagesBothEmpty those where neither mask does: they score 1
 * @param meanOfImages every image weighs alike
 * @param micro every pixel weighs alike: one confusion matrix over the pixels of all images
 * @param detection lesion by lesion
 */
public record LabelSummary(
        int label,
        String name,
        int images,
        int imagesWithLesion,
        int imagesBothEmpty,
        ImageMeans meanOfImages,
        PixelScores micro,
        Detection detection) {

    static LabelSummary of(
            int label, String name, List<LabelAssessment> images, boolean millimetres, Bootstrap bootstrap) {
        return new LabelSummary(
                label,
                name,
                images.size(),
                (int) images.stream().filter(LabelAssessment::hasLesion).count(),
                (int) images.stream()
                        .filter(image -> image.counts().bothEmpty())
                        .count(),
                ImageMeans.of(images, millimetres, bootstrap),
                PixelScores.of(
                        images.stream().map(LabelAssessment::counts).reduce(PixelCounts.NONE, PixelCounts::plus)),
                Detection.of(images));
    }
}
