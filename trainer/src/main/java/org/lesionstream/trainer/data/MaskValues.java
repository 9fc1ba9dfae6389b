package org.lesionstream.trainer.data;

import java.nio.file.Path;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.SampleType;

/**
 * A mask as its file stores it, one 8-bit value per pixel, in one of two codings: class indices, or black and white (0 and 255, as drawing programs save
 * them).
 *
 * <p>255 beside another value that is not 0 is refused: such a grey mask was interpolated or compressed, and its values are no classes.
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record MaskValues(int height, int width, byte[] values, boolean blackAndWhite) {

    private static final int WHITE = 255;

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException naming the file when it is no mask
     */
    static MaskValues read(PictureFiles files, Path file) {
        PixelGrid grid = files.read(file).withChannels(1);
        if (grid.type() != SampleType.UINT8) {
            throw new IllegalArgumentException("mask " + file + " must have 8 bits per sample");
        }
        boolean white = false;
        int between = 0;
        for (byte sample : grid.samples()) {
            int value = sample & 0xff;
            white |= value == WHITE;
            between = value == WHITE ? between : Math.max(between, value);
        }
        if (white && between > 0) {
            throw new IllegalArgumentException(
                    ("mask %s is grey: it must hold only 0 and 255, or class indices," + " has 255 beside %d")
                            .formatted(file, between));
        }
        return new MaskValues(grid.height(), grid.width(), grid.samples(), white);
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
