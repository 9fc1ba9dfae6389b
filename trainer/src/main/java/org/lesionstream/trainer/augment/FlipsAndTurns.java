package org.lesionstream.trainer.augment;

import java.util.random.RandomGenerator;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.trainer.data.Sample;
import org.lesionstream.trainer.data.SampleTransform;

/**
 * One of the eight ways to lay a square on itself: mirrored or not, turned by a multiple of 90 degrees.
 *
 * <p>All eight are equally likely and none of them interpolates, so values stay what they were. A window that is not square is only mirrored in
 * rows and columns, which keeps its size. Fit for pictures without an up and down (skin, histology, ultrasound of a lesion); turn it
 * off where the side matters.
 */
public record FlipsAndTurns() implements SampleTransform {

    @Override
    public Sample apply(Sample sample, RandomGenerator random) {
        boolean square = sample.image().height() == sample.image().width();
        boolean flipRows = random.nextBoolean();
        boolean flipColumns = random.nextBoolean();
        boolean transpose = random.nextBoolean() && square;
        PixelGrid image = sample.image();
        byte[] pixels = moved(
                image.samples(),
                image.height(),
                image.width(),
                image.bytesPerPixel(),
                flipRows,
                flipColumns,
                transpose);
        LabelMask mask = sample.mask();
        byte[] labels = moved(mask.labels(), mask.height(), mask.width(), 1, flipRows, flipColumns, transpose);
        return new Sample(
                new PixelGrid(
                        image.height(),
                        image.width(),
                        image.channels(),
                        image.type(),
                        image.rescale(),
                        pixels,
                        image.spacing()),
                new LabelMask(mask.height(), mask.width(), labels));
    }

    private static byte[] moved(
            byte[] from, int height, int width, int bytes, boolean flipRows, boolean flipColumns, boolean transpose) {
        byte[] to = new byte[from.length];
        for (int row = 0; row < height; row++) {
            int flippedRow = flipRows ? height - 1 - row : row;
            for (int column = 0; column < width; column++) {
                int flippedColumn = flipColumns ? width - 1 - column : column;
                int source = transpose ? flippedColumn * width + flippedRow : flippedRow * width + flippedColumn;
                System.arraycopy(from, source * bytes, to, (row * width + column) * bytes, bytes);
            }
        }
        return to;
    }
}
