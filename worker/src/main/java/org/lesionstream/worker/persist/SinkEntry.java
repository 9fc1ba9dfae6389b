package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

/**
 * A case whose results are to be written to the sink.
 *
 * @param revision of the case
 * @param attempts how often it was begun, this time included
 */
public record SinkEntry(String caseId, String reference, int revision, int attempts) {
    public SinkEntry {
        requireNonNull(caseId, "caseId");
        requireNonNull(reference, "reference");
    }
}
