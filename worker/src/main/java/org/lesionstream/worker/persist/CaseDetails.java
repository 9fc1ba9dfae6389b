package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * All about a case under one checkpoint reference.
 *
 * @param result the latest case result, as published (JSON); empty while there is none
 * @param jobs its finished jobs by image
 */
public record CaseDetails(CaseOverview overview, Optional<String> result, List<CaseJob> jobs) {
    public CaseDetails {
        requireNonNull(overview, "overview");
        requireNonNull(result, "result");
        jobs = List.copyOf(jobs);
    }

    /**
     * A finished job of the case.
     *
     * @param counted whether it speaks for its image; another job for the same image does not
     * @param failureCode why it is a dead letter
     */
    public record CaseJob(
            int image, String jobId, OutcomeKind outcome, boolean counted, Optional<String> failureCode) {}
}
