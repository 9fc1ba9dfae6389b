package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.message.ImageJob;

/**
 * A polled job that wants to be known to the database.
 *
 * @param currentDigest the checkpoint that the job's reference means at this moment; empty where it means none
 */
public record RegistrationRequest(ImageJob job, Optional<Digest> currentDigest) {
    public RegistrationRequest {
        requireNonNull(job, "job");
        requireNonNull(currentDigest, "currentDigest");
    }
}
