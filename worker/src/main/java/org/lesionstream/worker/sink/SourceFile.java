package org.lesionstream.worker.sink;

import java.net.URI;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.worker.decode.ImageFetcher;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.StoredImage;

/**
 * The file of a picture, read again.
 *
 * @param where the image that it was read for, for failures
 */
@SuppressWarnings("ArrayRecordComponent") // read once; nobody compares files
record SourceFile(URI location, byte[] content, String where) {

    /** @throws SegmentationException if it is not there, or is another one now */
    static SourceFile of(StoredImage image, ImageFetcher fetcher) {
        URI location = image.picture()
                .location()
                .orElseThrow(() -> new SegmentationException(FailureCode.SOURCE_NOT_FOUND, image.where()));
        byte[] content = fetcher.fetch(ImageSource.at(location), image.where());
        if (!Digest.of(content).equals(image.picture().sha256())) {
            throw new SegmentationException(FailureCode.CHECKSUM_MISMATCH, image.where());
        }
        return new SourceFile(location, content, image.where());
    }
}
