package org.lesionstream.schemas.lesion;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.lesionstream.schemas.image.LabelMask;

/** What lesions measure, by pixel loops and all pairs of corners: too slow to be wrong, and nothing shared with the code under test. */
final class SlowMeasures {

    /** A pixel (0, row, column) or voxel. */
    record Point(int z, int r, int c) implements Comparable<Point> {
        @Override
        public int compareTo(Point other) {
            int slices = Integer.compare(z, other.z);
            int rows = Integer.compare(r, other.r);
            return slices != 0 ? slices : rows != 0 ? rows : Integer.compare(c, other.c);
        }

        Point plus(int dz, int dr, int dc) {
            return new Point(z + dz, r + dr, c + dc);
        }
    }

    /** Whether two points of one label belong together. */
    interface Joined {
        boolean test(Point one, Point other);
    }

    private SlowMeasures() {}

    static Joined within(double distance, double slice, double row, double column) {
        return (one, other) -> {
            int dz = Math.abs(one.z - other.z);
            int dr = Math.abs(one.r - other.r);
            int dc = Math.abs(one.c - other.c);
            double squared = Math.pow(dz * slice, 2) + Math.pow(dr * row, 2) + Math.pow(dc * column, 2);
            return (dz <= 1 && dr <= 1 && dc <= 1) || Math.sqrt(squared) <= distance * (1 + 1e-10);
        };
    }

    /** The regions by ascending label and first point: all pairs, transitively. */
    static List<NavigableSet<Point>> regions(List<LabelMask> slices, Joined joined) {
        List<NavigableSet<Point>> regions = new ArrayList<>();
        for (int label = 1; label < 256; label++) {
            NavigableSet<Point> open = points(slices, label);
            while (!open.isEmpty()) {
                NavigableSet<Point> region = new TreeSet<>();
                ArrayDeque<Point> border = new ArrayDeque<>(List.of(open.pollFirst()));
                while (!border.isEmpty()) {
                    Point at = border.pop();
                    region.add(at);
                    List<Point> near = open.stream()
                            .filter(other -> joined.test(at, other))
                            .toList();
                    near.forEach(open::remove);
                    border.addAll(near);
                }
                regions.add(region);
            }
        }
        return regions;
    }

    /** Everything within a ring around an image that a region keeps apart from the ring, by holes. */
    static List<NavigableSet<Point>> holes(NavigableSet<Point> region, int height, int width) {
        NavigableSet<Point> open = new TreeSet<>();
        for (int r = -1; r <= height; r++) {
            for (int c = -1; c <= width; c++) {
                open.add(new Point(0, r, c));
            }
        }
        open.removeAll(region);
        List<NavigableSet<Point>> parts = new ArrayList<>();
        while (!open.isEmpty()) {
            NavigableSet<Point> part = new TreeSet<>();
            ArrayDeque<Point> border = new ArrayDeque<>(List.of(open.pollFirst()));
            while (!border.isEmpty()) {
                Point at = border.pop();
                part.add(at);
                for (Point next : List.of(at.plus(0, 1, 0), at.plus(0, -1, 0), at.plus(0, 0, 1), at.plus(0, 0, -1))) {
                    if (open.remove(next)) {
                        border.add(next);
                    }
                }
            }
            parts.add(part);
        }
        return parts.subList(1, parts.size()); // the ring holds the first point
    }

    /** How many pixels have no neighbour of the region in a direction. */
    static long runs(NavigableSet<Point> region, int dr, int dc) {
        return region.stream()
                .filter(at -> !region.contains(at.plus(0, dr, dc)))
                .count();
    }

    /** The lower corner of a voxel (z, r, c) is (z, r, c), the others are up to 1 away. */
    static List<Point> corners(NavigableSet<Point> region, int depth) {
        NavigableSet<Point> corners = new TreeSet<>();
        for (Point at : region) {
            for (int corner = 0; corner < 4 * (depth + 1); corner++) {
                corners.add(at.plus(corner >> 2, corner >> 1 & 1, corner & 1));
            }
        }
        return List.copyOf(corners);
    }

    static double squared(Point one, Point other, double slice, double row, double column) {
        return Math.pow((one.z - other.z) * slice, 2)
                + Math.pow((one.r - other.r) * row, 2)
                + Math.pow((one.c - other.c) * column, 2);
    }

    /** All pairs that are farthest apart, to 1e-9 of the squared distance, in order. */
    static List<List<Point>> farthest(List<Point> points, double slice, double row, double column) {
        double longest = 0;
        for (Point one : points) {
            for (Point other : points) {
                longest = Math.max(longest, squared(one, other, slice, row, column));
            }
        }
        List<List<Point>> pairs = new ArrayList<>();
        for (Point one : points) {
            for (Point other : points) {
                if (one.compareTo(other) < 0 && squared(one, other, slice, row, column) >= longest * (1 - 1e-9)) {
                    pairs.add(List.of(one, other));
                }
            }
        }
        return pairs;
    }

    /** Extent of points at right angles to a line. */
    static double extent(List<Point> points, Point from, Point to, double row, double column) {
        double y = (to.r - from.r) * row;
        double x = (to.c - from.c) * column;
        var sides = points.stream()
                .mapToDouble(at -> (at.c * column * y - at.r * row * x) / Math.hypot(y, x))
                .summaryStatistics();
        return sides.getMax() - sides.getMin();
    }

    /** Gift wrapping: from each vertex to the point that has all others on one side, the farthest of those in line. */
    static List<Point> hull(List<Point> points) {
        List<Point> hull = new ArrayList<>();
        Point at = points.get(0);
        do {
            hull.add(at);
            Point next = null;
            for (Point candidate : points) {
                if (candidate.equals(at)) {
                    continue;
                }
                long turn = next == null ? 1 : turn(at, next, candidate);
                if (turn > 0 || (turn == 0 && squared(at, candidate, 1, 1, 1) > squared(at, next, 1, 1, 1))) {
                    next = candidate;
                }
            }
            at = next;
        } while (!at.equals(hull.get(0)));
        return hull;
    }

    private static long turn(Point a, Point b, Point c) {
        return (long) (b.r - a.r) * (c.c - a.c) - (long) (b.c - a.c) * (c.r - a.r);
    }

    private static NavigableSet<Point> points(List<LabelMask> slices, int label) {
        NavigableSet<Point> points = new TreeSet<>();
        for (int z = 0; z < slices.size(); z++) {
            LabelMask mask = slices.get(z);
            for (int i = 0; i < mask.labels().length; i++) {
                if ((mask.labels()[i] & 0xff) == label) {
                    points.add(new Point(z, i / mask.width(), i % mask.width()));
                }
            }
        }
        return points;
    }
}
