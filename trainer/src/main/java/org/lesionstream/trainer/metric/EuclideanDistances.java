package org.lesionstream.trainer.metric;

import java.util.Arrays;

/**
 * The exact distance from every pixel of a grid to the nearest of some pixels, in time that grows with the number of pixels alone: first down every column,
 * then along every row as the lower envelope of one parabola for each column (Felzenszwalb and Huttenlocher, "Distance transforms of sampled functions", 2012).
 */
final class EuclideanDistances {
    private final int height;
    private final int width;
    private final double rowStep;
    private final double columnStep;

    /**
     * @param rowStep from one row to the next
     * @param columnStep from one column to the next
     */
    EuclideanDistances(int height, int width, double rowStep, double columnStep) {
        this.height = height;
        this.width = width;
        this.rowStep = rowStep;
        this.columnStep = columnStep;
    }

    /**
     * Squared distances from centre to centre.
     *
     * @param sites which pixels are to be reached, row by row
     * @return one for every pixel; all infinite when there is no site
     */
    double[] squared(boolean[] sites) {
        double[] distances = new double[height * width];
        for (int column = 0; column < width; column++) {
            down(sites, column, distances);
        }
        double[] line = new double[width];
        int[] owner = new int[width];
        double[] from = new double[width];
        for (int row = 0; row < height; row++) {
            System.arraycopy(distances, row * width, line, 0, width);
            along(line, owner, from, distances, row * width);
        }
        return distances;
    }

    /** The squared distance to the nearest site of the same column. */
    private void down(boolean[] sites, int column, double[] distances) {
        double steps = Double.POSITIVE_INFINITY;
        for (int row = 0; row < height; row++) {
            steps = sites[row * width + column] ? 0 : steps + 1;
            distances[row * width + column] = steps;
        }
        steps = Double.POSITIVE_INFINITY;
        for (int row = height - 1; row >= 0; row--) {
            int pixel = row * width + column;
            steps = Math.min(steps + 1, distances[pixel]);
            distances[pixel] = steps * steps * (rowStep * rowStep);
        }
    }

    /**
     * The lower envelope of the parabolas {@code line[q] + (columnStep (x - q))^2}.
     *
     * @param owner room for the columns whose parabolas are on the envelope
     * @param from room for the places from which they are
     */
    private void along(double[] line, int[] owner, double[] from, double[] distances, int start) {
        double square = columnStep * columnStep;
        int last = -1;
        for (int column = 0; column < width; column++) {
            if (line[column] == Double.POSITIVE_INFINITY) {
                continue;
            }
            double crossing = Double.NEGATIVE_INFINITY;
            while (last >= 0) {
                int other = owner[last];
                crossing = ((line[column] - line[other]) / square + ((double) column * column - (double) other * other))
                        / (2.0 * (column - other));
                if (crossing > from[last]) {
                    break;
                }
                last--; // hidden below its neighbours
                crossing = Double.NEGATIVE_INFINITY;
            }
            last++;
            owner[last] = column;
            from[last] = crossing;
        }
        if (last < 0) {
            Arrays.fill(distances, start, start + width, Double.POSITIVE_INFINITY);
            return;
        }
        int at = 0;
        for (int column = 0; column < width; column++) {
            while (at < last && from[at + 1] < column) {
                at++;
            }
            double step = column - owner[at];
            distances[start + column] = step * step * square + line[owner[at]];
        }
    }
}
