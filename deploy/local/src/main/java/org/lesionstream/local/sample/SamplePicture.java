package org.lesionstream.local.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lesionstream.local.traffic.JobRecords;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.PlainDecoder;
import org.lesionstream.schemas.message.ImageSource;

/**
 * A picture that jobs ask for.
 *
 * @param source its address and digest
 * @param fileBytes as it lies in its file
 * @param decodedBytes all samples of all pixels
 */
public record SamplePicture(ImageSource source, long fileBytes, long decodedBytes) {

    /** The picture in a PNG, JPEG, TIFF or BMP file, which is read once. */
    public static SamplePicture of(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        PixelGrid grid = PlainDecoder.decode(bytes, DecodeLimits.DEFAULT);
        return new SamplePicture(JobRecords.atFile(file), bytes.length, grid.samples().length);
    }
}
