package org.lesionstream.trainer.data;

import java.nio.file.Path;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.Rescale;
import org.lesionstream.schemas.image.SampleType;

/**
 * A mask as its file stores it, one value per pixel, in one of two codings: class indices, or black and white (0 and the highest value of the file's 8 or 16 bits,
 * as drawing programs save them).
 *
 * <p>White beside another value that is not 0 is refused: such a grey mask was interpolated or compressed, and its values are no classes.
 *
 * @param values unsigned; white is 255, whatever the file calls it
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record MaskValues(int height, int width, byte[] values, boolean blackAndWhite) {

    private static final int WHITE = 255;
    private static final int WHITE_16 = 65535;
    private static final double ROUNDING = 1e-3; // of a scaled label

    /**
     * Takes a decoded picture for a mask.
     *
     * @param file named in refusals
     * @throws IllegalArgumentException naming the file when it is no mask
     */
    static MaskValues of(PixelGrid picture, Path file) {
        PixelGrid grid = picture.withChannels(1);
        boolean asStored = grid.type() == SampleType.UINT8 && grid.rescale().equals(Rescale.NONE);
        byte[] values = asStored ? grid.samples() : narrowed(grid, file);
        boolean white = false;
        int between = 0;
        for (byte sample : values) {
            int value = sample & 0xff;
            white |= value == WHITE;
            between = value == WHITE ? between : Math.max(between, value);
        }
        if (white && between > 0) {
            throw new IllegalArgumentException(
                    ("mask %s is grey: it must hold only 0 and 255, or class indices," + " has 255 beside %d")
                            .formatted(file, between));
        }
        return new MaskValues(grid.height(), grid.width(), values, white);
    }

    private static byte[] narrowed(PixelGrid grid, Path file) {
        byte[] values = new byte[grid.height() * grid.width()];
        for (int pixel = 0; pixel < values.length; pixel++) {
            int stored = grid.sample(pixel / grid.width(), pixel % grid.width(), 0);
            double value = grid.rescale().meaning(stored);
            long label = Math.round(value);
            boolean known = label == WHITE_16 || (label >= 0 && label < WHITE);
            if (!known || Math.abs(value - label) > ROUNDING) {
                throw new IllegalArgumentException("mask %s must hold class indices below %d, or only 0 and %d, has %s"
                        .formatted(file, WHITE, WHITE_16, known ? value : Long.toString(label)));
            }
            values[pixel] = (byte) (label == WHITE_16 ? WHITE : label);
        }
        return values;
    }

    /** The highest label: 1 for white. */
    int highestLabel() {
        int highest = 0;
        for (byte value : values) {
            highest = Math.max(highest, value & 0xff);
        }
        return blackAndWhite ? 1 : highest;
    }
}
