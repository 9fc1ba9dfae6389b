package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.lesion.VolumeLesion;

/**
 * All about a case under one checkpoint reference.
 *
 * @param result the latest case result, as published (JSON); empty while there is none
 * @param jobs its finished jobs by image
 * @param volumeLesions all lesions of the volume in that result, where the images are slices
 */
public record CaseDetails(
        CaseOverview overview, Optional<String> result, List<CaseJob> jobs, List<VolumeLesion> volumeLesions) {
    public CaseDetails {
        requireNonNull(overview, "overview");
        requireNonNull(result, "result");
        jobs = List.copyOf(jobs);
        volumeLesions = List.copyOf(volumeLesions);
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
