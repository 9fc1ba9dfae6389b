package org.lesionstream.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * The lesions of one class taken together, over an image or a case.
 *
 * @param label value of the class in the mask, at least 1
 * @param name name of the class in the checkpoint
 * @param lesions how many lesions
 * @param areaPixels their pixels
 * @param areaSquareMillimetres their area, absent without a known pixel spacing
 * @param imageShare their share of all pixels, 0 to 1
 * @param extent how large and how certain they are; absent where there is none, and in results from before it was measured
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ClassTotals(
        int label,
        String name,
        int lesions,
        long areaPixels,
        Optional<Double> areaSquareMillimetres,
        double imageShare,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<ClassExtent> extent) {

    public ClassTotals {
        if (label < 1 || label > 255) {
            throw new IllegalArgumentException("label must be from 1 to 255, was " + label);
        }
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        if (lesions < 0) {
            throw new IllegalArgumentException("lesions must not be negative, was " + lesions);
        }
        if (areaPixels < lesions) {
            throw new IllegalArgumentException(
                    "areaPixels must be at least one per lesion, was " + areaPixels + " for " + lesions);
        }
        if (areaSquareMillimetres.isPresent() && !(areaSquareMillimetres.get() >= 0)) {
            throw new IllegalArgumentException(
                    "areaSquareMillimetres must not be negative, was " + areaSquareMillimetres.get());
        }
        if (!(imageShare >= 0 && imageShare <= 1)) {
            throw new IllegalArgumentException("imageShare must be from 0 to 1, was " + imageShare);
        }
    }
}
