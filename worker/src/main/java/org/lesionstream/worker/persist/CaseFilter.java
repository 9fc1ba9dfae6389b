package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.lesionstream.schemas.checkpoint.CheckpointReference;

/**
 * Which cases are asked for; what is empty does not matter.
 *
 * @param reference the checkpoint exactly as the jobs asked for it
 */
public record CaseFilter(Optional<CheckpointReference> reference, Optional<CaseState> state, FindingFilter finding) {

    /** Everything. */
    public static final CaseFilter ANY = new CaseFilter(Optional.empty(), Optional.empty(), FindingFilter.ANY);

    public CaseFilter {
        requireNonNull(reference, "reference");
        requireNonNull(state, "state");
        requireNonNull(finding, "finding");
    }
}
