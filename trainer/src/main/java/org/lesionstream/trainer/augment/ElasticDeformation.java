package org.lesionstream.trainer.augment;

import java.util.random.RandomGenerator;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.data.SampleTransform;

/**
 * The smooth deformation of the U-Net paper (Ronneberger et al. 2015, section 3.1): displacements drawn at the points of a coarse grid, normal with a deviation of {@code sigma} pixels,
 * and in between by cubic convolution.
 *
 * @param grid points on a side, the corners included; 3 in the paper
 * @param sigma deviation of the displacements in pixels; 10 in the paper
 */
public record ElasticDeformation(int grid, double sigma) implements SampleTransform {

    public ElasticDeformation {
        if (grid < 2) {
            throw new IllegalArgumentException("grid must be at least 2, was " + grid);
        }
        if (!(sigma >= 0) || Double.isInfinite(sigma)) {
            throw new IllegalArgumentException("sigma must not be negative, was " + sigma);
        }
    }

    @Override
    public Sample apply(Sample sample, RandomGenerator random) {
        double[] down = drawn(random);
        double[] across = drawn(random);
        return field(down, across, grid, sample.image().height(), sample.image().width())
                .apply(sample, false);
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
        return Field.unmoved(height, width)
                .displaced(
                        CubicGrid.surface(down, grid, height, width), CubicGrid.surface(across, grid, height, width));
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
        return field(down, across, grid, height, width).nearest(labels, 1);
    }
}
