package org.lesionstream.trainer.evaluation;

import java.util.Optional;
import java.util.OptionalDouble;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.trainer.metric.LesionCounts;
import org.lesionstream.trainer.metric.PixelCounts;
import org.lesionstream.trainer.metric.SurfaceDistances;

/**
 * How well one class was segmented in one picture.
 *
 * @param counts of its pixels
 * @param hausdorff95Pixels HD95 in pixels; absent where a mask is empty
 * @param hausdorff95Millimetres likewise in millimetres; absent too where the picture does not tell its spacing
 * @param lesions there, found, predicted and right
 */
public record LabelAssessment(
        PixelCounts counts,
        OptionalDouble hausdorff95Pixels,
        OptionalDouble hausdorff95Millimetres,
        LesionCounts lesions) {

    static LabelAssessment of(LabelMask predicted, LabelMask truth, int label, PixelGrid image, LesionCounts lesions) {
        OptionalDouble pixels = hausdorff95(predicted, truth, label, Optional.empty());
        OptionalDouble millimetres = image.spacing().isPresent()
                ? hausdorff95(predicted, truth, label, image.spacing())
                : OptionalDouble.empty();
        return new LabelAssessment(PixelCounts.of(predicted, truth, label), pixels, millimetres, lesions);
    }

    private static OptionalDouble hausdorff95(
            LabelMask predicted, LabelMask truth, int label, Optional<PixelSpacing> spacing) {
        return SurfaceDistances.between(predicted, truth, label, spacing).stream()
                .mapToDouble(SurfaceDistances::hausdorff95)
                .findFirst();
    }

    /** The scores of its pixels. */
    public PixelScores scores() {
        return PixelScores.of(counts);
    }

    /** Whether the truth holds a lesion of the class. */
    public boolean hasLesion() {
        return counts.truth() > 0;
    }
}
