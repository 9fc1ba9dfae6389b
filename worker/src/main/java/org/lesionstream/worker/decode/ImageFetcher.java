package org.lesionstream.worker.decode;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.worker.decode.source.SourceReader;
import org.lesionstream.worker.delivery.ImagePart;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * Brings the bytes of a source that lies at a location or stands in the message itself. Shared by the decode threads.
 *
 * <p>The scheme of a location decides who reads it; one that nobody reads is not allowed.
 */
public final class ImageFetcher {

    private final Map<String, SourceReader> readers = new HashMap<>();
    private final long maxBytes;

    /**
     * @param sources who reads which schemes; no scheme twice
     * @param maxBytes most bytes of a picture in the message
     */
    public ImageFetcher(List<SourceReader> sources, long maxBytes) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be positive, was " + maxBytes);
        }
        for (SourceReader source : sources) {
            for (String scheme : source.schemes()) {
                if (readers.putIfAbsent(scheme, source) != null) {
                    throw new IllegalArgumentException("two sources read the scheme " + scheme);
                }
            }
        }
        this.maxBytes = maxBytes;
    }

    /**
     * Brings all bytes of a source without channels.
     *
     * @param where JSON pointer of {@code source} in the job
     * @throws SegmentationException if it is not allowed, not there, too large or cannot be read
     */
    public byte[] fetch(ImageSource source, String where) {
        return source.uri()
                .map(uri -> reader(uri, where).read(uri, where + "/uri"))
                .orElseGet(() -> inline(source, where + "/inline"));
    }

    /**
     * The images that the location of a source stands for, such as a series; empty where it is that of a file, or bytes.
     *
     * @param where JSON pointer of {@code source} in the job
     * @throws SegmentationException as {@link #fetch} says
     */
    Optional<List<ImagePart>> images(ImageSource source, String where) {
        return source.uri().flatMap(uri -> reader(uri, where).images(uri, where + "/uri"));
    }

    /**
     * The same as {@link #fetch}, coded so that every decoder understands it; empty where the source cannot recode.
     *
     * @param where JSON pointer of {@code source} in the job
     */
    Optional<byte[]> fetchUncompressed(ImageSource source, String where) {
        return source.uri().flatMap(uri -> reader(uri, where).readUncompressed(uri, where + "/uri"));
    }

    private SourceReader reader(URI uri, String where) {
        SourceReader reader = readers.get(uri.getScheme().toLowerCase(Locale.ROOT));
        if (reader == null) {
            throw new SegmentationException(FailureCode.SOURCE_NOT_ALLOWED, where + "/uri");
        }
        return reader;
    }

    private byte[] inline(ImageSource source, String where) {
        byte[] bytes = source.inline().orElseThrow().bytes();
        if (bytes.length > maxBytes) {
            throw new SegmentationException(FailureCode.TOO_MANY_BYTES, where);
        }
        return bytes;
    }
}
