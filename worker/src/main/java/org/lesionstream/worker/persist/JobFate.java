package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How a job ended, in two words.
 *
 * @param failureCode why it became a dead letter; empty otherwise
 */
public record JobFate(OutcomeKind kind, Optional<String> failureCode) {
    public JobFate {
        requireNonNull(kind, "kind");
        requireNonNull(failureCode, "failureCode");
        if ((kind == OutcomeKind.DEAD_LETTER) != failureCode.isPresent()) {
            throw new IllegalArgumentException("failureCode must stand with a dead letter only, kind was " + kind);
        }
    }
}
