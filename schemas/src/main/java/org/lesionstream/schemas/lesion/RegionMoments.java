package org.lesionstream.schemas.lesion;

import java.math.BigInteger;

/**
 * Integer sums over the pixels of one region and its bounding box.
 *
 * <p>Rows and columns are counted from the corner of the bounding box, which changes no central moment and keeps the sums exact for every
 * lesion of up to 250,000 rows or columns within 50 megapixels.
 *
 * @param area number of pixels, n
 * @param rowSum Sr, sum of the rows
 * @param columnSum Sc
 * @param rowSquares Srr, sum of the squared rows
 * @param products Src, sum of row times column
 * @param columnSquares Scc
 * @param maxRow exclusive
 * @param maxColumn exclusive
 */
public record RegionMoments(
        long area,
        long rowSum,
        long columnSum,
        long rowSquares,
        long products,
        long columnSquares,
        int minRow,
        int minColumn,
        int maxRow,
        int maxColumn) {

    /** Sums up the pixels of a region. */
    public static RegionMoments of(Region region) {
        int minColumn = Integer.MAX_VALUE;
        int maxColumn = 0;
        for (int run = 0; run < region.runs(); run++) {
            minColumn = Math.min(minColumn, region.start(run));
            maxColumn = Math.max(maxColumn, region.end(run));
        }
        int minRow = region.row(0); // runs are in raster order
        long area = 0;
        long rowSum = 0;
        long columnSum = 0;
        long rowSquares = 0;
        long products = 0;
        long columnSquares = 0;
        for (int run = 0; run < region.runs(); run++) {
            long row = (long) region.row(run) - minRow;
            long start = (long) region.start(run) - minColumn;
            long length = (long) region.end(run) - region.start(run);
            long columns = length * (2 * start + length - 1) / 2;
            area += length;
            rowSum += length * row;
            columnSum += columns;
            rowSquares += length * row * row;
            products += row * columns;
            columnSquares += length * start * start
                    + start * length * (length - 1)
                    + (length - 1) * length * (2 * length - 1) / 6;
        }
        return new RegionMoments(
                area,
                rowSum,
                columnSum,
                rowSquares,
                products,
                columnSquares,
                minRow,
                minColumn,
                region.row(region.runs() - 1) + 1,
                maxColumn);
    }

    public double centroidRow() {
        return centre(minRow, rowSum);
    }

    public double centroidColumn() {
        return centre(minColumn, columnSum);
    }

    /** Population variance of the rows, m_rr = (n Srr - Sr²) / n². */
    public double rowVariance() {
        return central(area, rowSquares, rowSum, rowSum) / area / area;
    }

    /** Population covariance of rows and columns, m_rc = (n Src - Sr Sc) / n². */
    public double covariance() {
        return central(area, products, rowSum, columnSum) / area / area;
    }

    /** Population variance of the columns, m_cc = (n Scc - Sc²) / n². */
    public double columnVariance() {
        return central(area, columnSquares, columnSum, columnSum) / area / area;
    }

    /** n p - s t, rounded once at the end: what cancels out cancels in integers. */
    static double central(long n, long p, long s, long t) {
        if (fits(n, p) && fits(s, t)) {
            return (double) (n * p - s * t);
        }
        BigInteger first = BigInteger.valueOf(n).multiply(BigInteger.valueOf(p));
        return first.subtract(BigInteger.valueOf(s).multiply(BigInteger.valueOf(t)))
                .doubleValue();
    }

    private static boolean fits(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        return (high == 0 && low >= 0 && low < Long.MAX_VALUE / 2)
                || (high == -1 && low < 0 && low > Long.MIN_VALUE / 2);
    }

    private double centre(int min, long sum) {
        return ((double) min * area + sum) / area;
    }
}
