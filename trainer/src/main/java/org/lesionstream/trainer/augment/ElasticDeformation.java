package org.lesionstream.trainer.augment;

import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * The smooth deformation of the U-Net paper (Ronneberger et al. 2015, section 3.1): displacements drawn at the points of a coarse grid, normal with a deviation of {@code sigma} pixels,
 * and in between by cubic convolution.
 *
 * @param grid points on a side, the corners included; 3 in the paper
 * @param sigma deviation of the displacements in pixels; 10 in the paper
 * @param sampling how the moved picture takes its values
 */
public record ElasticDeformation(int grid, double sigma, Sampling sampling) implements Warp {

    public ElasticDeformation {
        if (grid < 2) {
            throw new IllegalArgumentException("grid must be at least 2, was " + grid);
        }
        if (!(sigma >= 0) || Double.isInfinite(sigma)) {
            throw new IllegalArgumentException("sigma must not be negative, was " + sigma);
        }
        Objects.requireNonNull(sampling, "sampling");
    }

    @Override
    public Field draw(RandomGenerator random, int height, int width) {
        double[] down = drawn(random);
        return field(down, drawn(random), grid, height, width);
    }

    private double[] drawn(RandomGenerator random) {
        double[] displacements = new double[grid * grid];
        for (int point = 0; point < displacements.length; point++) {
            displacements[point] = sigma * random.nextGaussian();
        }
        return displacements;
    }

    /** Where pixels come from under given displacements of the points. */
    static Field field(double[] down, double[] across, int grid, int height, int width) {
        double[] rows = CubicGrid.surface(down, grid, height, width);
        double[] columns = CubicGrid.surface(across, grid, height, width);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                rows[row * width + column] += row;
                columns[row * width + column] += column;
            }
        }
        return new Field(height, width, rows, columns);
    }

    /**
     * A plane of numbers under given displacements, interpolated bilinearly.
     *
     * @param down displacements of the points by rows, {@code grid * grid}
     * @param across by columns
     */
    public static double[] deform(double[] plane, int height, int width, double[] down, double[] across, int grid) {
        return field(down, across, grid, height, width).bilinear(plane);
    }

    /** A plane of labels under given displacements. */
    public static byte[] deformLabels(byte[] labels, int height, int width, double[] down, double[] across, int grid) {
        return field(down, across, grid, height, width).nearest(labels, 1, true);
    }
}
