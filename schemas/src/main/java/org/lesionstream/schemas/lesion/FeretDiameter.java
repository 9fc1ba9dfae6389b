package org.lesionstream.schemas.lesion;

import java.util.Arrays;

/**
 * Calipers of a convex hull in one unit: the largest distance of two vertices, the extent at right angles to it, and the smallest width.
 *
 * <p>Several pairs of vertices may be equally far apart, as in a square. They count as tied when their squared lengths agree to 1e-9.
 *
 * @param longest largest distance between two points of the hull
 * @param ties number of pairs that have it; 1 for a single point
 * @param first vertex at one end, and {@code second} at the other: of tied pairs the smallest by row and column of the first, then of the second
 * @param perpendicular extent at right angles to the longest distance, the largest over all tied pairs; 0 for one or two points
 * @param perpendicularLowest the smallest over them
 * @param shortest smallest distance between two parallel lines that enclose the hull; 0 for one or two points
 */
public record FeretDiameter(
        double longest,
        int ties,
        int first,
        int second,
        double perpendicular,
        double perpendicularLowest,
        double shortest) {

    private static final double TIE = 1e-9;

    /**
     * Measures a hull.
     *
     * @param row distance of neighbouring rows in the unit of the result
     * @param column distance of neighbouring columns
     */
    public static FeretDiameter of(ConvexHull hull, double row, double column) {
        int vertices = hull.vertices();
        double[] y = new double[vertices];
        double[] x = new double[vertices];
        for (int i = 0; i < vertices; i++) {
            y[i] = hull.rows()[i] * row;
            x[i] = hull.columns()[i] * column;
        }
        if (vertices == 1) {
            return new FeretDiameter(0, 1, 0, 0, 0, 0, 0);
        }
        double longest = 0;
        int found = 0;
        int[] ends = new int[16]; // of pairs that were no shorter than any before them
        for (int i = 0; i < vertices; i++) {
            for (int j = i + 1; j < vertices; j++) {
                double length = length(y, x, i, j);
                if (length >= longest * (1 - TIE)) {
                    if (found == ends.length) {
                        ends = Arrays.copyOf(ends, 2 * found);
                    }
                    ends[found++] = i;
                    ends[found++] = j;
                    longest = Math.max(longest, length);
                }
            }
        }
        int ties = 0;
        int first = 0;
        int second = 0;
        double widest = 0;
        double narrowest = Double.POSITIVE_INFINITY;
        for (int pair = 0; pair < found; pair += 2) {
            int i = ends[pair];
            int j = ends[pair + 1];
            if (length(y, x, i, j) >= longest * (1 - TIE)) {
                double across = across(y, x, i, j) / Math.sqrt(longest);
                widest = Math.max(widest, across);
                narrowest = Math.min(narrowest, across);
                int smaller = compare(hull, i, j) < 0 ? i : j;
                int larger = smaller == i ? j : i;
                if (ties++ == 0 || earlier(hull, smaller, larger, first, second)) {
                    first = smaller;
                    second = larger;
                }
            }
        }
        return new FeretDiameter(
                Math.sqrt(longest), ties, first, second, widest, narrowest, vertices < 3 ? 0 : shortest(y, x));
    }

    /** Squared distance of two vertices. */
    private static double length(double[] y, double[] x, int i, int j) {
        double dy = y[j] - y[i];
        double dx = x[j] - x[i];
        return dy * dy + dx * dx;
    }

    /** Extent at right angles to the line from vertex i to vertex j, times its length. */
    private static double across(double[] y, double[] x, int i, int j) {
        double dy = y[j] - y[i];
        double dx = x[j] - x[i];
        double least = 0;
        double most = 0;
        for (int k = 0; k < y.length; k++) {
            double side = dy * (x[k] - x[i]) - dx * (y[k] - y[i]);
            least = Math.min(least, side);
            most = Math.max(most, side);
        }
        return most - least;
    }

    /** Over all edges, the distance of the farthest vertex; it moves on as the edges do. */
    private static double shortest(double[] y, double[] x) {
        int n = y.length;
        double shortest = Double.POSITIVE_INFINITY;
        int far = 1;
        for (int i = 0; i < n; i++) {
            int next = i + 1 == n ? 0 : i + 1;
            double farthest = away(y, x, i, next, far);
            while (true) {
                int beyond = far + 1 == n ? 0 : far + 1;
                double farther = away(y, x, i, next, beyond);
                if (farther <= farthest) {
                    break;
                }
                far = beyond;
                farthest = farther;
            }
            shortest = Math.min(shortest, farthest / Math.sqrt(length(y, x, i, next)));
        }
        return shortest;
    }

    /** Distance of vertex k from the line through i and j, times the distance of those. */
    private static double away(double[] y, double[] x, int i, int j, int k) {
        return Math.abs((y[j] - y[i]) * (x[k] - x[i]) - (x[j] - x[i]) * (y[k] - y[i]));
    }

    private static boolean earlier(ConvexHull hull, int first, int second, int otherFirst, int otherSecond) {
        int order = compare(hull, first, otherFirst);
        return order < 0 || (order == 0 && compare(hull, second, otherSecond) < 0);
    }

    private static int compare(ConvexHull hull, int i, int j) {
        int rows = Integer.compare(hull.rows()[i], hull.rows()[j]);
        return rows != 0 ? rows : Integer.compare(hull.columns()[i], hull.columns()[j]);
    }
}
