package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.lesionstream.schemas.checkpoint.CheckpointReference;

/** Which cases are asked for; what is empty does not matter. */
public record CaseFilter(Optional<CheckpointReference> reference, Optional<CaseState> state) {
    public CaseFilter {
        requireNonNull(reference, "reference");
        requireNonNull(state, "state");
    }
}
