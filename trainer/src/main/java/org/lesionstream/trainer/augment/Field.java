package org.lesionstream.trainer.augment;

import java.util.Arrays;
import java.util.Optional;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.SampleType;
import org.lesionstream.trainer.data.Sample;

/**
 * Where every pixel of a new picture comes from: a row and a column of the old one, in parts of a pixel. What lies beyond the border is mirrored about the centre of the border pixel, as
 * the worker's tiles are.
 *
 * <p>Images are interpolated bilinearly, unless nearest is asked for; masks always take the nearest pixel, {@code floor(coordinate + 1/2)}. Confined to one thread.
 */
final class Field {

    private final int height;
    private final int width;
    private final double[] rows;
    private final double[] columns;

    // Of the pixel that was located last.
    private int top;
    private int bottom;
    private int left;
    private int right;
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
    Sample apply(Sample sample, boolean nearest) {
        PixelGrid image = sample.image();
        byte[] pixels;
        if (nearest) {
            pixels = nearest(image.samples(), image.bytesPerPixel());
        } else if (image.type() == SampleType.UINT8) {
            pixels = bilinear(image.samples(), image.channels());
        } else {
            throw new IllegalArgumentException("samples must be UINT8 to be interpolated, were " + image.type());
        }
        PixelGrid moved =
                new PixelGrid(height, width, image.channels(), image.type(), image.rescale(), pixels, Optional.empty());
        return new Sample(
                moved, new LabelMask(height, width, nearest(sample.mask().labels(), 1)));
    }

    /** Samples of bytes, several a pixel. */
    byte[] bilinear(byte[] samples, int channels) {
        byte[] result = new byte[samples.length];
        for (int pixel = 0; pixel < rows.length; pixel++) {
            locate(pixel);
            for (int channel = 0; channel < channels; channel++) {
                double above = between(
                        samples[(top * width + left) * channels + channel] & 0xff,
                        samples[(top * width + right) * channels + channel] & 0xff,
                        across);
                double below = between(
                        samples[(bottom * width + left) * channels + channel] & 0xff,
                        samples[(bottom * width + right) * channels + channel] & 0xff,
                        across);
                result[pixel * channels + channel] = (byte) Math.round(between(above, below, down));
            }
        }
        return result;
    }

    /** One plane of numbers. */
    double[] bilinear(double[] plane) {
        double[] result = new double[plane.length];
        for (int pixel = 0; pixel < rows.length; pixel++) {
            locate(pixel);
            double above = between(plane[top * width + left], plane[top * width + right], across);
            double below = between(plane[bottom * width + left], plane[bottom * width + right], across);
            result[pixel] = between(above, below, down);
        }
        return result;
    }

    /** Pixels of some bytes, as they are. */
    byte[] nearest(byte[] samples, int bytesPerPixel) {
        byte[] result = new byte[samples.length];
        for (int pixel = 0; pixel < rows.length; pixel++) {
            int row = mirrored((int) Math.floor(rows[pixel] + 0.5), height);
            int column = mirrored((int) Math.floor(columns[pixel] + 0.5), width);
            System.arraycopy(
                    samples, (row * width + column) * bytesPerPixel, result, pixel * bytesPerPixel, bytesPerPixel);
        }
        return result;
    }

    private void locate(int pixel) {
        int row = (int) Math.floor(rows[pixel]);
        int column = (int) Math.floor(columns[pixel]);
        down = rows[pixel] - row;
        across = columns[pixel] - column;
        top = mirrored(row, height);
        bottom = mirrored(row + 1, height);
        left = mirrored(column, width);
        right = mirrored(column + 1, width);
    }

    private static double between(double first, double second, double share) {
        return first + share * (second - first);
    }

    /** ..., 2, 1, 0, 1, 2, ... */
    private static int mirrored(int index, int length) {
        if (index >= 0 && index < length) {
            return index;
        }
        int period = Math.max(1, 2 * (length - 1));
        int within = Math.floorMod(index, period);
        return within < length ? within : period - within;
    }

    /** The field that leaves everything where it is, to be changed. */
    static Field unmoved(int height, int width) {
        double[] rows = new double[height * width];
        double[] columns = new double[height * width];
        for (int row = 0; row < height; row++) {
            Arrays.fill(rows, row * width, (row + 1) * width, row);
            for (int column = 0; column < width; column++) {
                columns[row * width + column] = column;
            }
        }
        return new Field(height, width, rows, columns);
    }

    /** The same field with displacements added. */
    Field displaced(double[] byRows, double[] byColumns) {
        double[] movedRows = rows.clone();
        double[] movedColumns = columns.clone();
        for (int pixel = 0; pixel < movedRows.length; pixel++) {
            movedRows[pixel] += byRows[pixel];
            movedColumns[pixel] += byColumns[pixel];
        }
        return new Field(height, width, movedRows, movedColumns);
    }
}
