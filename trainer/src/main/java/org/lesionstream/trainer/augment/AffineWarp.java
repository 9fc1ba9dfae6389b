package org.lesionstream.trainer.augment;

import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A turn, a change of scale and a shift, in one resampling about the centre of the picture.
 *
 * @param angle largest turn to either side, in degrees
 * @param scale largest change of size: 0.2 draws a factor from 1/1.2 to 1.2, evenly in its logarithm
 * @param shift largest shift along rows and columns, in pixels
 * @param sampling how the moved picture takes its values
 */
record AffineWarp(double angle, double scale, double shift, Sampling sampling) implements Warp {

    AffineWarp {
        requireNotNegative("angle", angle);
        requireNotNegative("scale", scale);
        requireNotNegative("shift", shift);
        Objects.requireNonNull(sampling, "sampling");
    }

    private static void requireNotNegative(String what, double number) {
        if (!(number >= 0) || Double.isInfinite(number)) {
            throw new IllegalArgumentException(what + " must not be negative, was " + number);
        }
    }

    @Override
    public Field draw(RandomGenerator random, int height, int width) {
        double degrees = angle * (2 * random.nextDouble() - 1);
        double factor = Math.exp(Math.log1p(scale) * (2 * random.nextDouble() - 1));
        double down = shift * (2 * random.nextDouble() - 1);
        double across = shift * (2 * random.nextDouble() - 1);
        return field(degrees, factor, down, across, height, width);
    }

    /** Where pixels come from after a turn against the clock, a growth and a shift. */
    static Field field(double degrees, double factor, double down, double across, int height, int width) {
        // Quarter turns must not blur by a rounded cosine.
        double quarters = degrees / 90;
        boolean whole = quarters == Math.rint(quarters);
        double cosine = Math.cos(Math.toRadians(degrees));
        double sine = Math.sin(Math.toRadians(degrees));
        double c = (whole ? Math.rint(cosine) : cosine) / factor;
        double s = (whole ? Math.rint(sine) : sine) / factor;
        double middleRow = (height - 1) / 2.0;
        double middleColumn = (width - 1) / 2.0;
        double[] rows = new double[height * width];
        double[] columns = new double[height * width];
        for (int row = 0; row < height; row++) {
            double y = row - middleRow - down;
            for (int column = 0; column < width; column++) {
                double x = column - middleColumn - across;
                rows[row * width + column] = middleRow + c * y + s * x;
                columns[row * width + column] = middleColumn - s * y + c * x;
            }
        }
        return new Field(height, width, rows, columns);
    }
}
