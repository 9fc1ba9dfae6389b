package org.lesionstream.trainer.augment;

/**
 * A coarse grid of numbers between whose points there is a smooth surface: separable cubic convolution with {@code a = -0.75} (Keys 1981), corners of the grid on the corner pixels, taps outside of
 * the grid clamped to its edge.
 */
final class CubicGrid {

    private static final double A = -0.75;
    private static final int TAPS = 4;

    private CubicGrid() {}

    /**
     * The surface at every pixel.
     *
     * @param grid {@code side * side} numbers, row by row
     */
    static double[] surface(double[] grid, int side, int height, int width) {
        double[] across = new double[side * width]; // [side, width]
        for (int column = 0; column < width; column++) {
            double[] weights = weights(column, width, side);
            for (int row = 0; row < side; row++) {
                double sum = 0;
                for (int point = 0; point < side; point++) {
                    sum += weights[point] * grid[row * side + point];
                }
                across[row * width + column] = sum;
            }
        }
        double[] surface = new double[height * width];
        for (int row = 0; row < height; row++) {
            double[] weights = weights(row, height, side);
            for (int column = 0; column < width; column++) {
                double sum = 0;
                for (int point = 0; point < side; point++) {
                    sum += weights[point] * across[point * width + column];
                }
                surface[row * width + column] = sum;
            }
        }
        return surface;
    }

    /** How much each point of a row of the grid counts at a pixel. */
    private static double[] weights(int pixel, int length, int side) {
        double place = length == 1 ? 0 : (double) pixel * (side - 1) / (length - 1);
        int floor = (int) Math.floor(place);
        double[] weights = new double[side];
        for (int tap = 0; tap < TAPS; tap++) {
            int point = floor - 1 + tap;
            weights[Math.max(0, Math.min(side - 1, point))] += kernel(Math.abs(place - point));
        }
        return weights;
    }

    private static double kernel(double distance) {
        if (distance <= 1) {
            return ((A + 2) * distance - (A + 3)) * distance * distance + 1;
        }
        return distance < 2 ? ((A * distance - 5 * A) * distance + 8 * A) * distance - 4 * A : 0;
    }
}
