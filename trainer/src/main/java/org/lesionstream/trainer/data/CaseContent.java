package org.lesionstream.trainer.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lesionstream.schemas.image.PixelGrid;

/**
 * What one reading of a case tells about its files.
 *
 * @param imageBytes SHA-256 of the picture's file
 * @param maskBytes SHA-256 of the mask's file
 * @param pixels SHA-256 of the decoded picture: equal for one picture in two formats
 * @param longerSide pixels of the mask
 * @param highestLabel in the mask, 1 for white
 */
record CaseContent(ByteBuffer imageBytes, ByteBuffer maskBytes, ByteBuffer pixels, int longerSide, int highestLabel) {

    /**
     * Reads both files.
     *
     * @throws IllegalArgumentException naming the file when one is no picture or no mask
     */
    static CaseContent of(CaseFiles files) {
        byte[] image = bytes(files.image());
        byte[] mask = bytes(files.mask());
        MaskValues values = MaskValues.of(PictureFiles.decode(files.mask(), mask), files.mask());
        return new CaseContent(
                Sha256.of(image),
                Sha256.of(mask),
                pixels(PictureFiles.decode(files.image(), image)),
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

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
