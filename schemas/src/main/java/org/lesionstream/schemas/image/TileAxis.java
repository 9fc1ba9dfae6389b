package org.lesionstream.schemas.image;

/**
 * The tiles along one axis: where their outputs start, and where the kept window of one ends and that of the next begins, which is halfway through
 * their overlap, as far from either tile's rim as possible.
 */
final class TileAxis {

    private final int[] outputStarts;
    private final int[] bounds; // bounds[k] to bounds[k + 1] is kept of tile k
    private final int inputMargin;

    private TileAxis(int[] outputStarts, int output, int length, int inputMargin) {
        this.outputStarts = outputStarts;
        this.inputMargin = inputMargin;
        this.bounds = new int[outputStarts.length + 1];
        for (int k = 1; k < outputStarts.length; k++) {
            bounds[k] = (outputStarts[k] + outputStarts[k - 1] + output) / 2;
        }
        bounds[outputStarts.length] = length;
    }

    /** One tile that is the axis. */
    static TileAxis single(int length) {
        return new TileAxis(new int[] {0}, length, length, 0);
    }

    /**
     * @param length pixels of the picture along this axis
     * @param input pixels of a tile along this axis
     */
    static TileAxis of(int length, int input, InputSpec spec) {
        int lost = spec.padded() ? 0 : 2 * spec.margin();
        int overlap = spec.padded() ? 2 * spec.margin() : 0;
        int output = input - lost;
        int step = (output - overlap) / spec.alignment() * spec.alignment();
        int beyondFirst = Math.max(0, length - output);
        int[] starts = new int[1 + ceilDivide(beyondFirst, step)];
        for (int k = 0; k < starts.length; k++) {
            starts[k] = k * step;
        }
        if (spec.padded()) { // the last tile ends at the border, or less than one alignment past it
            starts[starts.length - 1] = ceilDivide(beyondFirst, spec.alignment()) * spec.alignment();
        }
        return new TileAxis(starts, output, length, lost / 2);
    }

    int count() {
        return outputStarts.length;
    }

    int inputStart(int k) {
        return outputStarts[k] - inputMargin;
    }

    int keptStart(int k) {
        return bounds[k];
    }

    int keptLength(int k) {
        return bounds[k + 1] - bounds[k];
    }

    int keptOffset(int k) {
        return bounds[k] - outputStarts[k];
    }

    private static int ceilDivide(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
