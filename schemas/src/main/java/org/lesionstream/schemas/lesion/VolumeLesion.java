package org.lesionstream.schemas.lesion;

import java.util.Optional;

/**
 * What is known about one lesion of a volume: a 26-connected region (face, edge or corner) of one class over the slices of a case.
 *
 * <ul>
 *   <li>Voxel (slice, row, column) counts from 0; its centre is the point (slice, row, column), and it reaches half a voxel in every
 *       direction. Slice 0 is image 1 of the case.
 *   <li>The bounding box starts at the {@code min} values and ends before the {@code max} values.
 *   <li>Millimetres are present exactly where slice and pixel spacing are both known; they are never guessed.
 * </ul>
 *
 * @param index position among the lesions of its volume, counted from 1 by ascending label and first voxel in raster order
 * @param label class of the lesion, at least 1
 * @param voxels number of voxels
 * @param volumeCubicMillimetres the same in mm³
 * @param centroidSlice mean slice of the voxel centres
 * @param centroidRow mean row
 * @param centroidColumn mean column
 * @param touchesBorder whether a voxel lies in the first or last slice, row or column, so that the lesion may go on outside
 * @param slices number of slices that show it
 * @param largestSlice slice with most of its voxels, the first of equals
 * @param largestSliceAreaPixels how many those are
 * @param largestSliceAreaSquareMillimetres the same area in mm²
 * @param equivalentDiameterMillimetres diameter of the ball of equal volume, cube root of (6 volume / pi)
 * @param longestDiameterVoxels largest distance between two voxel corners, every side of a voxel taken as 1
 * @param longestDiameterMillimetres the same in millimetres
 */
public record VolumeLesion(
        int index,
        int label,
        long voxels,
        Optional<Double> volumeCubicMillimetres,
        double centroidSlice,
        double centroidRow,
        double centroidColumn,
        int minSlice,
        int minRow,
        int minColumn,
        int maxSlice,
        int maxRow,
        int maxColumn,
        boolean touchesBorder,
        int slices,
        int largestSlice,
        long largestSliceAreaPixels,
        Optional<Double> largestSliceAreaSquareMillimetres,
        Optional<Double> equivalentDiameterMillimetres,
        double longestDiameterVoxels,
        Optional<Double> longestDiameterMillimetres) {

    public VolumeLesion {
        check(index >= 1, "index must be at least 1", index);
        check(label >= 1 && label <= 255, "label must be from 1 to 255", label);
        check(voxels >= 1, "voxels must be at least 1", voxels);
        check(minSlice >= 0 && maxSlice > minSlice, "slices must ascend from 0, maxSlice", maxSlice);
        check(minRow >= 0 && maxRow > minRow, "rows must ascend from 0, maxRow", maxRow);
        check(minColumn >= 0 && maxColumn > minColumn, "columns must ascend from 0, maxColumn", maxColumn);
        check(inside(centroidSlice, minSlice, maxSlice), "centroidSlice must lie in the bounding box", centroidSlice);
        check(inside(centroidRow, minRow, maxRow), "centroidRow must lie in the bounding box", centroidRow);
        check(
                inside(centroidColumn, minColumn, maxColumn),
                "centroidColumn must lie in the bounding box",
                centroidColumn);
        check(slices >= 1 && slices <= maxSlice - minSlice, "slices must fit into the bounding box", slices);
        check(inside(largestSlice, minSlice, maxSlice), "largestSlice must lie in the bounding box", largestSlice);
        check(
                largestSliceAreaPixels >= 1 && largestSliceAreaPixels <= voxels,
                "largestSliceAreaPixels must be from 1 to " + voxels,
                largestSliceAreaPixels);
        boolean measured = volumeCubicMillimetres.isPresent();
        check(
                measured == largestSliceAreaSquareMillimetres.isPresent()
                        && measured == equivalentDiameterMillimetres.isPresent()
                        && measured == longestDiameterMillimetres.isPresent(),
                "millimetres must come together, volumeCubicMillimetres",
                volumeCubicMillimetres);
        check(longestDiameterVoxels > 0, "longestDiameterVoxels must be positive", longestDiameterVoxels);
    }

    private static boolean inside(double value, int min, int max) {
        return value >= min && value <= max - 1;
    }

    private static void check(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", was " + value);
        }
    }
}
