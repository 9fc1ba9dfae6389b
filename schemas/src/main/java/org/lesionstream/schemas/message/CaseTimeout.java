package org.lesionstream.schemas.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Digest;

/**
 * A control record on the topic of urgent jobs: the time of a case is up, so it is closed with the images that it has. Workers write it,
 * and the worker that reads it closes the case on the same path as its last image would.
 *
 * <p>Harmless if it comes twice or too late: a case that reached the revision by then is left as it is.
 *
 * @param caseId which case
 * @param reference the checkpoint as the jobs asked for it
 * @param revision the revision that the closing shall make
 */
public record CaseTimeout(String caseId, CheckpointReference reference, int revision) {

    public CaseTimeout {
        Identifier.check("caseId", caseId);
        if (revision < 1) {
            throw new IllegalArgumentException("revision must be at least 1, was " + revision);
        }
    }

    /** The same for the same case, reference and revision, whoever writes it; also what the case result names as its closing job. */
    public String id() {
        return "timeout:"
                + Digest.of((caseId + "/" + reference + "#" + revision).getBytes(UTF_8))
                        .hex();
    }
}
