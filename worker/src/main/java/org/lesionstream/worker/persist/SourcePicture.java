package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import org.lesionstream.schemas.checkpoint.Digest;

/**
 * Where the picture of a segmented job lay.
 *
 * @param location empty if it came inside the job, or as several files
 * @param frame which picture of what lies there, counted from 1; empty where it holds no other
 * @param sha256 of the encoded picture that was segmented
 */
public record SourcePicture(Optional<URI> location, OptionalInt frame, Digest sha256) {
    public SourcePicture {
        requireNonNull(location, "location");
        requireNonNull(frame, "frame");
        requireNonNull(sha256, "sha256");
    }
}
