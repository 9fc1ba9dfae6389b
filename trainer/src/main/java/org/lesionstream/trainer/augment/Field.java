package org.lesionstream.trainer.augment;

import java.util.Optional;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.trainer.data.Sample;

/**
 * Where every pixel of a new picture comes from: a row and a column of the old one, in parts of a pixel.
 *
 * <p>Images are interpolated bilinearly unless the nearest pixel is asked for, which is {@code floor(coordinate + 1/2)}; masks always take that. Confined to one thread.
 */
final class Field {

    private static final int OUTSIDE = -1;

    private final int height;
    private final int width;
    private final double[] rows;
    private final double[] columns;

    // The four pixels around the place that was located last, and how far it is from the first of them.
    private int topLeft;
    private int topRight;
    private int bottomLeft;
    private int bottomRight;
    private double down;
    private double across;

    /**
     * @param rows source row of every pixel, row by row
     * @param columns source column of every pixel
     */
    Field(int height, int width, double[] rows, double[] columns) {
        if (rows.length != height * width || columns.length != height * width) {
            throw new IllegalArgumentException("a field of %d x %d must have as many places, had %d and %d"
                    .formatted(height, width, rows.length, columns.length));
        }
        this.height = height;
        this.width = width;
        this.rows = rows;
        this.columns = columns;
    }

    /** The sample as it looks from there. */
    Sample apply(Sample sample, Sampling sampling) {
        PixelGrid image = sample.image();
        boolean mirrored = sampling.mirrored();
        byte[] pixels;
        if (sampling.nearest() && mirrored) {
            pixels = nearest(image.samples(), image.bytesPerPixel(), true);
        } else {
            // Only of bytes is zero black, and only they are numbers by themselves.
            LevelTable.requireBytes(image);
            pixels = sampling.nearest()
                    ? nearest(image.samples(), image.channels(), false)
                    : bilinear(image.samples(), image.channels(), mirrored);
        }
        PixelGrid moved =
                new PixelGrid(height, width, image.channels(), image.type(), image.rescale(), pixels, Optional.empty());
        return new Sample(
                moved, new LabelMask(height, width, nearest(sample.mask().labels(), 1, mirrored)));
    }

    /** This movement of what another one has moved already, both mirrored at the border. */
    Field after(Field first) {
        return new Field(height, width, bilinear(first.rows), bilinear(first.columns));
    }

    /** One plane of numbers, mirrored at the border. */
    double[] bilinear(double[] plane) {
        double[] result = new double[plane.length];
        for (int pixel = 0; pixel < rows.length; pixel++) {
            locate(pixel, true);
            double above = between(plane[topLeft], plane[topRight], across);
            double below = between(plane[bottomLeft], plane[bottomRight], across);
            result[pixel] = between(above, below, down);
        }
        return result;
    }

    private byte[] bilinear(byte[] samples, int channels, boolean mirrored) {
        byte[] result = new byte[samples.length];
        for (int pixel = 0; pixel < rows.length; pixel++) {
            locate(pixel, mirrored);
            for (int channel = 0; channel < channels; channel++) {
                double above = between(
                        level(samples, topLeft, channels, channel),
                        level(samples, topRight, channels, channel),
                        across);
                double below = between(
                        level(samples, bottomLeft, channels, channel),
                        level(samples, bottomRight, channels, channel),
                        across);
                result[pixel * channels + channel] = (byte) Math.round(between(above, below, down));
            }
        }
        return result;
    }

    /** Pixels of some bytes, as they are; zero beyond a border that is not mirrored. */
    byte[] nearest(byte[] samples, int bytesPerPixel, boolean mirrored) {
        byte[] result = new byte[samples.length];
        for (int pixel = 0; pixel < rows.length; pixel++) {
            int row = place((int) Math.floor(rows[pixel] + 0.5), height, mirrored);
            int column = place((int) Math.floor(columns[pixel] + 0.5), width, mirrored);
            int source = pixel(row, column);
            for (int part = 0; source != OUTSIDE && part < bytesPerPixel; part++) {
                result[pixel * bytesPerPixel + part] = samples[source * bytesPerPixel + part];
            }
        }
        return result;
    }

    private void locate(int pixel, boolean mirrored) {
        int row = (int) Math.floor(rows[pixel]);
        int column = (int) Math.floor(columns[pixel]);
        down = rows[pixel] - row;
        across = columns[pixel] - column;
        int top = place(row, height, mirrored);
        int bottom = place(row + 1, height, mirrored);
        int left = place(column, width, mirrored);
        int right = place(column + 1, width, mirrored);
        topLeft = pixel(top, left);
        topRight = pixel(top, right);
        bottomLeft = pixel(bottom, left);
        bottomRight = pixel(bottom, right);
    }

    private int pixel(int row, int column) {
        return row == OUTSIDE || column == OUTSIDE ? OUTSIDE : row * width + column;
    }

    private static int level(byte[] samples, int pixel, int channels, int channel) {
        return pixel == OUTSIDE ? 0 : samples[pixel * channels + channel] & 0xff;
    }

    private static double between(double first, double second, double share) {
        return first + share * (second - first);
    }

    /** The index itself, or beyond the border the one it mirrors: ..., 2, 1, 0, 1, 2, ... */
    private static int place(int index, int length, boolean mirrored) {
        if (index >= 0 && index < length) {
            return index;
        }
        if (!mirrored) {
            return OUTSIDE;
        }
        int period = Math.max(1, 2 * (length - 1));
        int within = Math.floorMod(index, period);
        return within < length ? within : period - within;
    }
}
