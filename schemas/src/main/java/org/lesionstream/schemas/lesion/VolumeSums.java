package org.lesionstream.schemas.lesion;

import java.util.List;

/** Sums over the parts of one region of a volume: size, place, box, and the slice that shows most of it. */
record VolumeSums(
        long voxels,
        double centroidSlice,
        double centroidRow,
        double centroidColumn,
        int minSlice,
        int minRow,
        int minColumn,
        int maxSlice,
        int maxRow,
        int maxColumn,
        int slices,
        int largestSlice,
        long largestArea) {

    /** @param parts by ascending slice, at least one */
    static VolumeSums of(List<SliceRegion> parts) {
        int minRow =
                parts.stream().mapToInt(part -> part.moments().minRow()).min().orElseThrow();
        int minColumn = parts.stream()
                .mapToInt(part -> part.moments().minColumn())
                .min()
                .orElseThrow();
        int maxRow =
                parts.stream().mapToInt(part -> part.moments().maxRow()).max().orElseThrow();
        int maxColumn = parts.stream()
                .mapToInt(part -> part.moments().maxColumn())
                .max()
                .orElseThrow();
        int minSlice = parts.get(0).slice();
        long voxels = 0;
        long sliceSum = 0;
        long rowSum = 0;
        long columnSum = 0;
        int slices = 0;
        int slice = -1;
        long area = 0;
        int largestSlice = minSlice;
        long largestArea = 0;
        for (SliceRegion part : parts) {
            RegionMoments moments = part.moments();
            voxels += moments.area();
            sliceSum += (part.slice() - minSlice) * moments.area();
            rowSum += moments.rowSum() + (moments.minRow() - minRow) * moments.area();
            columnSum += moments.columnSum() + (moments.minColumn() - minColumn) * moments.area();
            if (part.slice() != slice) {
                slice = part.slice();
                slices++;
                area = 0;
            }
            area += moments.area();
            if (area > largestArea) {
                largestArea = area;
                largestSlice = slice;
            }
        }
        return new VolumeSums(
                voxels,
                minSlice + (double) sliceSum / voxels,
                minRow + (double) rowSum / voxels,
                minColumn + (double) columnSum / voxels,
                minSlice,
                minRow,
                minColumn,
                slice + 1,
                maxRow,
                maxColumn,
                slices,
                largestSlice,
                largestArea);
    }
}
