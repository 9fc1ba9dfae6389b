package org.lesionstream.trainer.data;

import java.util.Arrays;

/**
 * How far a pixel is from the nearest object and from the second nearest: Euclidean, exact, from pixel centre to the centre of the nearest pixel of the
 * object, 0 inside of it.
 *
 * <p>Two objects of every column are enough to know: those that are nearer than a third within its column, seen from some row, are nearer for every pixel of that
 * row. So one sweep down and one up find the two nearest of each column, and a pixel then looks along its row, no farther than the second object that it has
 * found, and no farther than {@code reach / 2} where there is none. How many objects there are does not matter.
 *
 * <p>Mutable, confined to one thread.
 */
public final class InstanceDistances {

    /** More than any square, and still no overflow when another is added. */
    private static final int NONE = 1 << 30;

    private static final int LONGEST_SIDE = 1 << 14;

    private final int height;
    private final int width;
    private final double reach;
    private final int half;

    /** Of every pixel the two nearest objects in its column, 0 for none, and the squares of how far they are. */
    private final int[] objects;

    private final int[] squares;

    /** How far the nearest object may be, squared, if the second one is so many pixels away. */
    private final int[] rest;

    private int nearestObject;
    private int nearest = NONE;
    private int second = NONE;

    /**
     * @param plane 16384 pixels wide and high at most
     * @param reach sums of both distances beyond this are of no interest, in pixels
     */
    public InstanceDistances(InstancePlane plane, double reach) {
        if (!(reach > 0)) {
            throw new IllegalArgumentException("reach must be positive, was " + reach);
        }
        if (Math.max(plane.height(), plane.width()) > LONGEST_SIDE) {
            throw new IllegalArgumentException("plane must have sides of %d at most, was %d x %d"
                    .formatted(LONGEST_SIDE, plane.height(), plane.width()));
        }
        this.height = plane.height();
        this.width = plane.width();
        this.reach = reach;
        this.half = (int) (reach / 2);
        this.objects = new int[2 * height * width];
        this.squares = new int[2 * height * width];
        this.rest = new int[(int) Math.min(width, Math.floor(reach) + 1)];
        Arrays.setAll(rest, away -> (int) Math.min(NONE, (reach - away) * (reach - away)));
        Arrays.fill(squares, NONE);
        sweep(plane.ids(), 0, height, 1);
        sweep(plane.ids(), height - 1, -1, -1);
    }

    /** Goes through the rows in one direction, remembering for each column the last row of each of the two objects seen last. */
    private void sweep(int[] ids, int from, int to, int step) {
        int[] object = new int[2 * width];
        int[] row = new int[2 * width];
        for (int y = from; y != to; y += step) {
            for (int x = 0; x < width; x++) {
                int id = ids[y * width + x];
                int last = 2 * x;
                if (id != 0) {
                    if (id != object[last]) {
                        object[last + 1] = object[last];
                        row[last + 1] = row[last];
                        object[last] = id;
                    }
                    row[last] = y;
                }
                int pixel = 2 * (y * width + x);
                keep(pixel, object[last], Math.abs(y - row[last]));
                keep(pixel, object[last + 1], Math.abs(y - row[last + 1]));
            }
        }
    }

    /** Keeps an object of the column if it is among the two nearest. */
    private void keep(int pixel, int object, int distance) {
        if (object == 0 || distance > reach) {
            return;
        }
        int square = distance * distance;
        if (object == objects[pixel]) {
            squares[pixel] = Math.min(squares[pixel], square);
        } else if (square < squares[pixel]) {
            objects[pixel + 1] = objects[pixel];
            squares[pixel + 1] = squares[pixel];
            objects[pixel] = object;
            squares[pixel] = square;
        } else if (square < squares[pixel + 1]) {
            objects[pixel + 1] = object;
            squares[pixel + 1] = square;
        }
    }

    /**
     * Looks around a pixel.
     *
     * @return whether there are two objects whose distances sum up to {@code reach} at most
     */
    public boolean measure(int row, int column) {
        nearestObject = 0;
        nearest = NONE;
        second = NONE;
        int pixel = row * width + column;
        for (int away = 0; away < width && mayMatter(away); away++) {
            if (column >= away) {
                look(pixel - away, away * away);
            }
            if (column + away < width) {
                look(pixel + away, away * away);
            }
        }
        return second != NONE && nearest() + second() <= reach;
    }

    /** Whether an object at this distance or farther can still be one of the two: as the second of the nearest so far, or as one of two that are farther. */
    private boolean mayMatter(int away) {
        return away * away <= second && (away <= half || (away < rest.length && nearest <= rest[away]));
    }

    private void look(int place, int away) {
        int square = squares[2 * place] + away;
        if (square < second) { // else the other object of that column is no nearer either
            take(objects[2 * place], square);
            int other = squares[2 * place + 1] + away;
            if (other < second) {
                take(objects[2 * place + 1], other);
            }
        }
    }

    private void take(int object, int square) {
        if (object == nearestObject) {
            nearest = Math.min(nearest, square);
        } else if (square < nearest) {
            second = nearest;
            nearest = square;
            nearestObject = object;
        } else {
            second = square;
        }
    }

    /** How far the pixel last measured is from the nearest object that was found, in pixels; infinite if none was. */
    public double nearest() {
        return distance(nearest);
    }

    /** How far it is from the second nearest; infinite if none was found. Where two lie within reach, both are exact. */
    public double second() {
        return distance(second);
    }

    private static double distance(int square) {
        return square == NONE ? Double.POSITIVE_INFINITY : Math.sqrt(square);
    }
}
