package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

import org.lesionstream.schemas.checkpoint.Digest;

/**
 * A stored mask.
 *
 * @param png the file, owned by the receiver
 * @param sha256 its digest
 */
@SuppressWarnings("ArrayRecordComponent") // ownership passes on; nobody compares masks
public record StoredMask(byte[] png, Digest sha256) {
    public StoredMask {
        requireNonNull(png, "png");
        requireNonNull(sha256, "sha256");
    }
}
