package org.lesionstream.schemas.lesion;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The largest distance between two points of a body, given by the convex hulls of its points in parallel planes: no other points can be farther
 * apart.
 *
 * @param longest largest distance
 * @param ties number of pairs that have it, to 1e-9 of the squared length; 1 for a single point
 * @param first one end as plane, row, column on the grid of the hulls, and {@code second} the other: of tied pairs the smallest
 */
public record SpatialDiameter(double longest, int ties, List<Integer> first, List<Integer> second) {

    private static final double TIE = 1e-9;

    public SpatialDiameter {
        first = List.copyOf(first);
        second = List.copyOf(second);
    }

    /**
     * Measures points.
     *
     * @param planes hulls by number of the plane
     * @param slice distance of neighbouring planes, then of rows and of columns, in the unit of the result
     */
    static SpatialDiameter of(SortedMap<Integer, ConvexHull> planes, double slice, double row, double column) {
        Search search = new Search(planes, slice, row, column);
        int last = search.planes.length - 1;
        for (int apart = last; apart >= 0; apart--) { // far planes first: their pairs rule most others out
            for (int i = 0; i + apart <= last; i++) {
                search.longest(i, i + apart);
            }
        }
        for (int i = 0; i <= last; i++) {
            for (int j = i; j <= last; j++) {
                search.ties(i, j);
            }
        }
        return new SpatialDiameter(
                Math.sqrt(search.best),
                Math.max(1, search.ties),
                search.point(search.first),
                search.point(search.second));
    }

    /** All points in order of plane, row and column within a hull, with the box of each plane. */
    private static final class Search {
        private final int[] planes;
        private final ConvexHull[] hulls;
        private final double[][] y;
        private final double[][] x;
        private final double[][] boxes; // least and greatest row, least and greatest column
        private final double slice;
        private double best;
        private int ties;
        private int[] first = {0, 0};
        private int[] second = {0, 0};

        Search(SortedMap<Integer, ConvexHull> byPlane, double slice, double row, double column) {
            this.slice = slice;
            planes = new int[byPlane.size()];
            hulls = new ConvexHull[byPlane.size()];
            y = new double[byPlane.size()][];
            x = new double[byPlane.size()][];
            boxes = new double[byPlane.size()][];
            int at = 0;
            for (Map.Entry<Integer, ConvexHull> entry : byPlane.entrySet()) {
                planes[at] = entry.getKey();
                hulls[at] = entry.getValue();
                y[at] = scaled(entry.getValue().rows(), row);
                x[at] = scaled(entry.getValue().columns(), column);
                boxes[at] = new double[] {least(y[at]), -least(negative(y[at])), least(x[at]), -least(negative(x[at]))};
                at++;
            }
        }

        void longest(int i, int j) {
            if (bound(i, j) <= best) {
                return;
            }
            double apart = apart(i, j);
            for (int p = 0; p < y[i].length; p++) {
                for (int q = 0; q < y[j].length; q++) {
                    double dy = y[j][q] - y[i][p];
                    double dx = x[j][q] - x[i][p];
                    best = Math.max(best, apart + dy * dy + dx * dx);
                }
            }
        }

        void ties(int i, int j) {
            double least = best * (1 - TIE);
            if (best == 0 || bound(i, j) < least) {
                return;
            }
            double apart = apart(i, j);
            for (int p = 0; p < y[i].length; p++) {
                for (int q = i == j ? p + 1 : 0; q < y[j].length; q++) {
                    double dy = y[j][q] - y[i][p];
                    double dx = x[j][q] - x[i][p];
                    if (apart + dy * dy + dx * dx >= least) {
                        tied(new int[] {i, p}, new int[] {j, q});
                    }
                }
            }
        }

        private void tied(int[] one, int[] other) {
            int[] smaller = compare(one, other) < 0 ? one : other;
            int[] larger = smaller == one ? other : one;
            int order = compare(smaller, first);
            if (ties++ == 0 || order < 0 || (order == 0 && compare(larger, second) < 0)) {
                first = smaller;
                second = larger;
            }
        }

        List<Integer> point(int[] at) {
            return List.of(
                    planes[at[0]], hulls[at[0]].rows()[at[1]], hulls[at[0]].columns()[at[1]]);
        }

        private int compare(int[] one, int[] other) {
            int plane = Integer.compare(one[0], other[0]);
            int row = Integer.compare(
                    hulls[one[0]].rows()[one[1]], hulls[other[0]].rows()[other[1]]);
            int column = Integer.compare(
                    hulls[one[0]].columns()[one[1]], hulls[other[0]].columns()[other[1]]);
            return plane != 0 ? plane : row != 0 ? row : column;
        }

        /** No two points of these planes are farther apart than their boxes. */
        private double bound(int i, int j) {
            double rows = Math.max(boxes[j][1] - boxes[i][0], boxes[i][1] - boxes[j][0]);
            double columns = Math.max(boxes[j][3] - boxes[i][2], boxes[i][3] - boxes[j][2]);
            return apart(i, j) + rows * rows + columns * columns;
        }

        private double apart(int i, int j) {
            double distance = (planes[j] - planes[i]) * slice;
            return distance * distance;
        }

        private static double[] scaled(int[] values, double by) {
            double[] scaled = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                scaled[i] = values[i] * by;
            }
            return scaled;
        }

        private static double[] negative(double[] values) {
            double[] negative = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                negative[i] = -values[i];
            }
            return negative;
        }

        private static double least(double[] values) {
            double least = Double.POSITIVE_INFINITY;
            for (double value : values) {
                least = Math.min(least, value);
            }
            return least;
        }
    }
}
