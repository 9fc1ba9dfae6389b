package org.lesionstream.worker.decode.dicom.codec;

/**
 * Size and form of a decoded frame, as the data set states it: row by row, in a row pixel by pixel, in a pixel sample by sample, each little
 * endian.
 *
 * @param samples of one pixel
 * @param bytesPerSample 1, 2, 4 or 8
 */
public record FrameLayout(int rows, int columns, int samples, int bytesPerSample) {

    public FrameLayout {
        if (rows < 1 || columns < 1 || samples < 1) {
            throw new IllegalArgumentException(
                    "rows, columns and samples must be positive, were " + rows + ", " + columns + " and " + samples);
        }
        if (bytesPerSample != 1 && bytesPerSample != 2 && bytesPerSample != 4 && bytesPerSample != 8) {
            throw new IllegalArgumentException("bytesPerSample must be 1, 2, 4 or 8, was " + bytesPerSample);
        }
        if ((long) rows * columns * samples * bytesPerSample > Integer.MAX_VALUE - 16) {
            throw Refusal.unsupported("a frame of more than 2 GiB");
        }
    }

    public int pixels() {
        return rows * columns;
    }

    /** Bytes of a decoded frame. */
    public int frameBytes() {
        return pixels() * samples * bytesPerSample;
    }

    /**
     * Refuses a coded frame whose own header contradicts the data set.
     *
     * @param codedPrecision bits of a sample in the coded frame
     * @throws org.lesionstream.schemas.image.ImageRefusedException if it does
     */
    public void check(int codedRows, int codedColumns, int codedSamples, int codedPrecision) {
        if (codedRows != rows
                || codedColumns != columns
                || codedSamples != samples
                || codedPrecision > 8 * bytesPerSample) {
            throw Refusal.damaged("a frame of " + codedRows + "x" + codedColumns + "x" + codedSamples + " with "
                    + codedPrecision + " bits where " + rows + "x" + columns + "x" + samples + " with at most "
                    + 8 * bytesPerSample + " was announced");
        }
    }
}
