package org.lesionstream.worker.decode.source;

import java.io.IOException;
import java.io.InputStream;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;

/** Counts bytes as they come; a size that somebody states is not believed. */
final class ByteLimit {

    private ByteLimit() {}

    /** Reads a stream to its end, and not beyond the limit. */
    static byte[] read(InputStream stream, long maxBytes, String where) throws IOException {
        byte[] bytes = stream.readNBytes(fitting(maxBytes) + 1);
        if (bytes.length > maxBytes) {
            throw new SegmentationException(FailureCode.TOO_MANY_BYTES, where);
        }
        return bytes;
    }

    /** The limit, or as many bytes as an array holds beside one more. */
    static int fitting(long maxBytes) {
        return (int) Math.min(maxBytes, Integer.MAX_VALUE - 16);
    }
}
