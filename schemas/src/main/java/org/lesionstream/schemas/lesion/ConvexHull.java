package org.lesionstream.schemas.lesion;

import java.util.Arrays;

/**
 * The convex hull of points on a grid: its vertices in order, whole numbers.
 *
 * <p>{@link #corners} counts the corners of pixels: pixel (r, c) has those from (r, c) to (r + 1, c + 1), half a pixel before its centre and
 * half a pixel behind it. {@link #centres} counts the centres, pixel (r, c) at (r, c).
 */
@SuppressWarnings("ArrayRecordComponent") // made once and never compared
public record ConvexHull(int[] rows, int[] columns) {

    /** The hull of the corners of all pixels of a region. */
    public static ConvexHull corners(Region region) {
        Extremes extremes = new Extremes(region.runs());
        for (int run = 0; run < region.runs(); run++) {
            extremes.add(region.row(run), region.start(run), region.end(run));
        }
        return around(extremes.withLineBelow());
    }

    /** The hull of the centres of all pixels of a region. */
    public static ConvexHull centres(Region region) {
        Extremes extremes = new Extremes(region.runs());
        for (int run = 0; run < region.runs(); run++) {
            extremes.add(region.row(run), region.start(run), region.end(run) - 1);
        }
        return around(extremes);
    }

    /** The hull of two hulls. */
    ConvexHull with(ConvexHull other) {
        long[] points = new long[vertices() + other.vertices()];
        for (int i = 0; i < points.length; i++) {
            boolean own = i < vertices();
            int at = own ? i : i - vertices();
            points[i] = ((long) (own ? rows : other.rows)[at] << Integer.SIZE) + (own ? columns : other.columns)[at];
        }
        Arrays.sort(points); // by row, then column: neither is negative
        Extremes extremes = new Extremes(points.length);
        for (long point : points) {
            extremes.add((int) (point >> Integer.SIZE), (int) point, (int) point);
        }
        return around(extremes);
    }

    public int vertices() {
        return rows.length;
    }

    /** Area within, exact: half a whole number. */
    public double area() {
        long twice = 0;
        for (int i = 0; i < rows.length; i++) {
            int next = i + 1 == rows.length ? 0 : i + 1;
            twice += (long) columns[i] * rows[next] - (long) columns[next] * rows[i];
        }
        return Math.abs(twice) / 2.0;
    }

    /** The leftmost and the rightmost point of each row that has any, by ascending row. */
    private static final class Extremes {
        private final int[] row;
        private final int[] left;
        private final int[] right;
        private int size;

        Extremes(int capacity) {
            row = new int[capacity];
            left = new int[capacity];
            right = new int[capacity];
        }

        /** Takes the next points; rows ascend. */
        void add(int atRow, int from, int to) {
            if (size > 0 && row[size - 1] == atRow) {
                left[size - 1] = Math.min(left[size - 1], from);
                right[size - 1] = Math.max(right[size - 1], to);
                return;
            }
            row[size] = atRow;
            left[size] = from;
            right[size++] = to;
        }

        /** From the upper edges of pixels to all grid lines: every row of pixels has a lower edge too. */
        Extremes withLineBelow() {
            Extremes lines = new Extremes(2 * size);
            for (int i = 0; i < size; i++) {
                lines.add(row[i], left[i], right[i]);
                lines.add(row[i] + 1, left[i], right[i]);
            }
            return lines;
        }
    }

    /** Monotone chains: down along the left side, up along the right. */
    private static ConvexHull around(Extremes extremes) {
        int[] rows = new int[2 * extremes.size];
        int[] columns = new int[2 * extremes.size];
        int count = 0;
        for (int i = 0; i < extremes.size; i++) {
            count = push(rows, columns, count, 0, extremes.row[i], extremes.left[i]);
        }
        int last = extremes.size - 1;
        int bend = count;
        if (extremes.right[last] != extremes.left[last]) {
            rows[count] = extremes.row[last];
            columns[count++] = extremes.right[last];
        } else {
            bend--;
        }
        for (int i = last - 1; i >= 0; i--) {
            count = push(rows, columns, count, bend, extremes.row[i], extremes.right[i]);
        }
        if (count > 1 && rows[count - 1] == rows[0] && columns[count - 1] == columns[0]) {
            count--;
        }
        return new ConvexHull(Arrays.copyOf(rows, count), Arrays.copyOf(columns, count));
    }

    /** Adds a point to the chain that begins at {@code first}, and drops those before it that are not to its left. */
    private static int push(int[] rows, int[] columns, int size, int first, int row, int column) {
        int count = size;
        while (count - first >= 2
                && turn(rows[count - 2], columns[count - 2], rows[count - 1], columns[count - 1], row, column) <= 0) {
            count--;
        }
        rows[count] = row;
        columns[count] = column;
        return count + 1;
    }

    /** Positive if the way from a by b to c turns as the hull goes: down on the left, then up on the right. */
    private static long turn(int aRow, int aColumn, int bRow, int bColumn, int cRow, int cColumn) {
        return (long) (bRow - aRow) * (cColumn - bColumn) - (long) (bColumn - aColumn) * (cRow - bRow);
    }
}
