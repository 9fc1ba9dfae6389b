package org.lesionstream.worker.delivery;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.lesionstream.schemas.checkpoint.Digest;

/**
 * What the database said about a polled job.
 *
 * @param done whether the job has an outcome already, so that only its answer is due again
 * @param checkpoint digest that is pinned for the job's case; empty while the reference has never been resolved
 * @param replay how often the job was deliberately replayed; part of the answer's identity
 */
public record JobRegistration(boolean done, Optional<Digest> checkpoint, int replay) {
    public JobRegistration {
        requireNonNull(checkpoint, "checkpoint");
        if (replay < 0) {
            throw new IllegalArgumentException("replay must not be negative, was " + replay);
        }
    }
}
