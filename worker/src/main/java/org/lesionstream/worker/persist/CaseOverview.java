package org.lesionstream.worker.persist;

import java.time.Instant;
import java.util.Optional;

/**
 * One line about a case.
 *
 * @param reference the checkpoint as the jobs asked for it
 * @param checkpointDigest the checkpoint pinned for the case; empty while the reference has meant nothing
 * @param images how many images the case has
 * @param finished how many of them have an outcome
 * @param revision how many results it has had
 * @param createdAt when its first image was registered
 * @param closedAt when its latest result was made
 */
public record CaseOverview(
        String caseId,
        String reference,
        Optional<String> checkpointDigest,
        CaseState state,
        int images,
        int finished,
        int revision,
        Instant createdAt,
        Optional<Instant> closedAt) {

    /** Where a page that ends with this case goes on. */
    public CaseCursor cursor() {
        return new CaseCursor(createdAt, caseId, reference);
    }
}
