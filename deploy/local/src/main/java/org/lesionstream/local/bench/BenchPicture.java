package org.lesionstream.local.bench;

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
record BenchPicture(ImageSource source, long fileBytes, long decodedBytes) {

    static BenchPicture of(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        PixelGrid grid = PlainDecoder.decode(bytes, DecodeLimits.DEFAULT);
        return new BenchPicture(JobRecords.atFile(file), bytes.length, grid.samples().length);
    }
}
