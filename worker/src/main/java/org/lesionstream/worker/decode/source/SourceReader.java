package org.lesionstream.worker.decode.source;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lesionstream.worker.delivery.ImagePart;

/**
 * Brings what lies at the locations of some schemes. Safe for use by several threads.
 *
 * <p>What cannot be brought is a {@link org.lesionstream.worker.failure.SegmentationException} with the JSON pointer that was given: {@code
 * SOURCE_NOT_ALLOWED}, {@code SOURCE_NOT_FOUND}, {@code TOO_MANY_BYTES}, or {@code SOURCE_UNREADABLE}, which is transient.
 */
public interface SourceReader {

    /** Schemes of the locations that it reads, in small letters. */
    Set<String> schemes();

    /**
     * All bytes at a location of one image, or of one file that holds many.
     *
     * @param where JSON pointer of the location in the job
     */
    byte[] read(URI location, String where);

    /**
     * The images that a location stands for, such as a folder of slices or a series in an archive: slices along their stack. Empty where the
     * location is that of a file itself.
     *
     * @param where JSON pointer of the location in the job
     */
    default Optional<List<ImagePart>> images(URI location, String where) {
        return Optional.empty();
    }

    /**
     * The same as {@link #read}, coded so that every decoder understands it; empty where the source cannot recode.
     *
     * @param where JSON pointer of the location in the job
     */
    default Optional<byte[]> readUncompressed(URI location, String where) {
        return Optional.empty();
    }
}
