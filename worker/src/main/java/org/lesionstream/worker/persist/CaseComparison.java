package org.lesionstream.worker.persist;

import java.util.List;
import java.util.Optional;

/**
 * A case under two checkpoints. Differences are right less left.
 *
 * @param images images that both sides have segmented from the same source
 * @param comparedImages those whose masks are counted against each other, now or earlier
 * @param droppedImages those that cannot be any more: a mask was dropped before anybody compared it
 * @param pendingImages those that one request had no room for; the same question again counts on
 * @param classes by label
 */
public record CaseComparison(
        String caseId,
        String leftReference,
        String rightReference,
        int images,
        int comparedImages,
        int droppedImages,
        int pendingImages,
        List<ClassComparison> classes) {
    public CaseComparison {
        classes = List.copyOf(classes);
    }

    /**
     * One class of the case.
     *
     * @param leftName name of the class in the left checkpoint; empty if it does not know the class, and so are its counts then
     * @param dice agreement of the masks over all images, 0 to 1; empty unless every image is compared, and where neither side shows
     *     the class
     * @param leftLesions lesions in the paired images
     * @param leftAreaSquareMillimetres their area; empty unless it is known for every image
     * @param leftVolumeCubicMillimetres of the latest result of the case, all slices; empty where there is no volume
     */
    public record ClassComparison(
            int label,
            Optional<String> leftName,
            Optional<String> rightName,
            Optional<Double> dice,
            Optional<Long> leftLesions,
            Optional<Long> rightLesions,
            Optional<Long> lesionDifference,
            Optional<Long> leftAreaPixels,
            Optional<Long> rightAreaPixels,
            Optional<Long> areaPixelsDifference,
            Optional<Double> leftAreaSquareMillimetres,
            Optional<Double> rightAreaSquareMillimetres,
            Optional<Double> areaSquareMillimetresDifference,
            Optional<Double> leftVolumeCubicMillimetres,
            Optional<Double> rightVolumeCubicMillimetres,
            Optional<Double> volumeCubicMillimetresDifference) {}
}
