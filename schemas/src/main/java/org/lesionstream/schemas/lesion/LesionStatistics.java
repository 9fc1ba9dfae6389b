package org.lesionstream.schemas.lesion;

import java.util.Optional;

/**
 * What is known about one lesion, a connected region of one class in one image.
 *
 * <ul>
 *   <li>Pixel (row, column) counts from 0 at the top left; its centre is the point (row, column).
 *   <li>The bounding box starts at {@code minRow, minColumn} and ends before {@code maxRow, maxColumn}.
 *   <li>Square millimetres are present exactly where the spacing of the pixels is known; they are never guessed.
 *   <li>A confidence is the probability of the chosen class, 0 to 1; absent where the network gave none.
 * </ul>
 *
 * @param index position among the lesions of its image, counted from 1 by ascending label and first pixel in raster order
 * @param label class of the lesion, at least 1 since 0 is background
 * @param areaPixels number of pixels
 * @param areaSquareMillimetres the same area in mm²
 * @param centroidRow mean row of the pixel centres
 * @param centroidColumn mean column of the pixel centres
 * @param minRow first row
 * @param minColumn first column
 * @param maxRow row after the last
 * @param maxColumn column after the last
 * @param meanConfidence mean over the pixels
 * @param minConfidence that of the least certain pixel
 * @param shape extent, diameters and outline; absent only in results that were made before these were measured
 * @param intensity intensities of the source; absent where the source was not at hand or has none
 */
public record LesionStatistics(
        int index,
        int label,
        long areaPixels,
        Optional<Double> areaSquareMillimetres,
        double centroidRow,
        double centroidColumn,
        int minRow,
        int minColumn,
        int maxRow,
        int maxColumn,
        Optional<Double> meanConfidence,
        Optional<Double> minConfidence,
        Optional<LesionShape> shape,
        Optional<IntensityStatistics> intensity) {

    public LesionStatistics {
        check(index >= 1, "index must be at least 1", index);
        check(label >= 1 && label <= 255, "label must be from 1 to 255", label);
        check(areaPixels >= 1, "areaPixels must be at least 1", areaPixels);
        areaSquareMillimetres.ifPresent(
                area -> check(area > 0 && Double.isFinite(area), "areaSquareMillimetres must be positive", area));
        check(minRow >= 0, "minRow must not be negative", minRow);
        check(minColumn >= 0, "minColumn must not be negative", minColumn);
        check(maxRow > minRow, "maxRow must be beyond minRow " + minRow, maxRow);
        check(maxColumn > minColumn, "maxColumn must be beyond minColumn " + minColumn, maxColumn);
        check(
                areaPixels <= (long) (maxRow - minRow) * (maxColumn - minColumn),
                "areaPixels must fit into the bounding box",
                areaPixels);
        check(
                centroidRow >= minRow && centroidRow <= maxRow - 1,
                "centroidRow must lie in the bounding box",
                centroidRow);
        check(
                centroidColumn >= minColumn && centroidColumn <= maxColumn - 1,
                "centroidColumn must lie in the bounding box",
                centroidColumn);
        meanConfidence.ifPresent(mean -> check(mean >= 0 && mean <= 1, "meanConfidence must be from 0 to 1", mean));
        minConfidence.ifPresent(min -> check(min >= 0 && min <= 1, "minConfidence must be from 0 to 1", min));
        check(
                meanConfidence.isPresent() == minConfidence.isPresent(),
                "meanConfidence and minConfidence must come together, meanConfidence",
                meanConfidence);
    }

    private static void check(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", was " + value);
        }
    }
}
