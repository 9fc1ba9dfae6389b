package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.lesion.LesionStatistics;

/**
 * All about a finished job.
 *
 * @param caseId empty for a message that could not be read
 * @param message the answer as published: a segmentation result or a dead letter (JSON)
 * @param lesions all lesions, also those beyond what the message lists
 */
public record JobDetails(
        String jobId,
        OutcomeKind outcome,
        Optional<String> caseId,
        Optional<String> reference,
        Optional<Integer> image,
        Instant createdAt,
        String message,
        List<LesionStatistics> lesions) {
    public JobDetails {
        requireNonNull(jobId, "jobId");
        requireNonNull(outcome, "outcome");
        requireNonNull(message, "message");
        lesions = List.copyOf(lesions);
    }
}
