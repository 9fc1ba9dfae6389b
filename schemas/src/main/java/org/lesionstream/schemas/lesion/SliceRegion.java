package org.lesionstream.schemas.lesion;

/**
 * What is kept of a region of one slice once the slice is gone.
 *
 * @param slice number of the slice
 * @param label class
 * @param firstRow of its first pixel in raster order, {@code firstColumn} the column of that
 * @param corners hull of the corners of its pixels, {@code centres} that of their centres
 */
record SliceRegion(
        int slice,
        int label,
        int firstRow,
        int firstColumn,
        RegionMoments moments,
        ConvexHull corners,
        ConvexHull centres) {

    static SliceRegion of(int slice, Region region) {
        return new SliceRegion(
                slice,
                region.label(),
                region.row(0),
                region.start(0),
                RegionMoments.of(region),
                ConvexHull.corners(region),
                ConvexHull.centres(region));
    }
}
