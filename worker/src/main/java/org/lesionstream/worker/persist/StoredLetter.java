package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

/**
 * A dead letter with the message itself.
 *
 * @param message as it was published (JSON, contract dead-letter.v1)
 */
public record StoredLetter(DeadLetterOverview overview, String message) {
    public StoredLetter {
        requireNonNull(overview, "overview");
        requireNonNull(message, "message");
    }
}
