package org.lesionstream.schemas.lesion;

/**
 * Integer sums over the pixels of one region, exact for every picture that fits an array, and its bounding box.
 *
 * @param area number of pixels
 * @param rowSum sum of the rows
 * @param columnSum sum of the columns
 * @param maxRow exclusive
 * @param maxColumn exclusive
 */
record RegionMoments(long area, long rowSum, long columnSum, int minRow, int minColumn, int maxRow, int maxColumn) {

    static RegionMoments of(Region region) {
        long area = 0;
        long rowSum = 0;
        long columnSum = 0;
        int minColumn = Integer.MAX_VALUE;
        int maxColumn = 0;
        for (int run = 0; run < region.runs(); run++) {
            long length = (long) region.end(run) - region.start(run);
            area += length;
            rowSum += length * region.row(run);
            columnSum += length * (region.start(run) + region.end(run) - 1L) / 2;
            minColumn = Math.min(minColumn, region.start(run));
            maxColumn = Math.max(maxColumn, region.end(run));
        }
        int lastRow = region.row(region.runs() - 1); // runs are in raster order
        return new RegionMoments(area, rowSum, columnSum, region.row(0), minColumn, lastRow + 1, maxColumn);
    }

    double centroidRow() {
        return (double) rowSum / area;
    }

    double centroidColumn() {
        return (double) columnSum / area;
    }
}
