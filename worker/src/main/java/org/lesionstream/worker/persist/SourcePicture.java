package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.Digest;

/**
 * Where the picture of a segmented job lay.
 *
 * @param location empty if it came inside the job, or as several files
 * @param sha256 of the encoded picture that was segmented
 */
public record SourcePicture(Optional<URI> location, Digest sha256) {
    public SourcePicture {
        requireNonNull(location, "location");
        requireNonNull(sha256, "sha256");
    }
}
