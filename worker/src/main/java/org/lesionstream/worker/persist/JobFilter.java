package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** Which finished jobs are asked for; what is empty does not matter. */
public record JobFilter(Optional<OutcomeKind> outcome, FindingFilter finding) {
    public JobFilter {
        requireNonNull(outcome, "outcome");
        requireNonNull(finding, "finding");
    }
}
