package org.lesionstream.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * How large and how certain the lesions of one class are, over an image or a case.
 *
 * @param largestAreaPixels area of the largest lesion
 * @param largestAreaSquareMillimetres the same in mm², of the largest by that measure; absent unless the spacing of every image is known
 * @param longestDiameterPixels longest diameter of any lesion, between pixel corners
 * @param longestDiameterMillimetres the same in mm; absent unless the spacing of every image is known
 * @param meanConfidence mean probability of the class over all their pixels, 0 to 1; absent where the network gave none
 * @param minConfidence that of the least certain pixel
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ClassExtent(
        long largestAreaPixels,
        Optional<Double> largestAreaSquareMillimetres,
        double longestDiameterPixels,
        Optional<Double> longestDiameterMillimetres,
        Optional<Double> meanConfidence,
        Optional<Double> minConfidence) {

    public ClassExtent {
        if (largestAreaPixels < 1) {
            throw new IllegalArgumentException("largestAreaPixels must be at least 1, was " + largestAreaPixels);
        }
        if (!(longestDiameterPixels > 0)) {
            throw new IllegalArgumentException("longestDiameterPixels must be positive, was " + longestDiameterPixels);
        }
        if (largestAreaSquareMillimetres.isPresent() != longestDiameterMillimetres.isPresent()) {
            throw new IllegalArgumentException(
                    "largestAreaSquareMillimetres and longestDiameterMillimetres must come together, was "
                            + longestDiameterMillimetres);
        }
        if (meanConfidence.isPresent() != minConfidence.isPresent()) {
            throw new IllegalArgumentException(
                    "meanConfidence and minConfidence must come together, was " + minConfidence);
        }
    }
}
