package org.lesionstream.trainer.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.lesionstream.schemas.image.PixelGrid;

/**
 * What one reading of a case tells about its files.
 *
 * @param imageBytes SHA-256 of the picture's file
 * @param maskBytes SHA-256 of the mask's file
 * @param pixels SHA-256 of the decoded picture: equal for one picture in two formats
 * @param blank whether all pixels of the picture are alike, as beyond the ends of a volume
 * @param longerSide pixels of the mask
 * @param highestLabel in the mask, 1 for white
 */
record CaseContent(
        ByteBuffer imageBytes,
        ByteBuffer maskBytes,
        ByteBuffer pixels,
        boolean blank,
        int longerSide,
        int highestLabel) {

    /**
     * Reads both files.
     *
     * @throws IllegalArgumentException naming the file when one is no picture or no mask
     */
    static CaseContent of(CaseFiles files, PictureFiles pictures) {
        PictureFiles.Identified image = pictures.identify(files.image(), files.picture());
        PictureFiles.Identified mask = pictures.identify(files.mask(), files.picture());
        MaskValues values = MaskValues.of(mask.picture(), files.mask());
        return new CaseContent(
                image.sha256(),
                mask.sha256(),
                pixels(image.picture()),
                blank(image.picture()),
                Math.max(values.height(), values.width()),
                values.highestLabel());
    }

    private static ByteBuffer pixels(PixelGrid grid) {
        byte[] shape = ByteBuffer.allocate(4 * Integer.BYTES)
                .putInt(grid.height())
                .putInt(grid.width())
                .putInt(grid.channels())
                .putInt(grid.type().bytesPerSample())
                .array();
        return Sha256.of(shape, grid.samples());
    }

    /** Every pixel is like the one before it. */
    private static boolean blank(PixelGrid grid) {
        byte[] samples = grid.samples();
        int pixel = grid.bytesPerPixel();
        return Arrays.equals(samples, 0, samples.length - pixel, samples, pixel, samples.length);
    }
}
