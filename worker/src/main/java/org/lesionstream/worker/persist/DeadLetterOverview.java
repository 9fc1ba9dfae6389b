package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.lesionstream.worker.delivery.Position;

/**
 * One line about a dead letter: nothing of what the job or the message held but its ids.
 *
 * @param jobId the job, or {@code unreadable:<topic>:<partition>:<offset>}
 * @param code why; also one that a later version of the worker wrote
 * @param type whose fault it was, as the letter says it
 * @param caseId with {@code reference} and {@code image} empty where the message could not be read
 * @param source where the message stood
 * @param replay how often it had been replayed when this letter was written
 * @param createdAt when the letter was stored
 */
public record DeadLetterOverview(
        String jobId,
        String code,
        String type,
        int attempts,
        Optional<String> caseId,
        Optional<String> reference,
        Optional<Integer> image,
        Position source,
        int replay,
        Optional<PendingReplay> pending,
        Instant createdAt) {
    public DeadLetterOverview {
        requireNonNull(jobId, "jobId");
        requireNonNull(code, "code");
        requireNonNull(type, "type");
        requireNonNull(caseId, "caseId");
        requireNonNull(reference, "reference");
        requireNonNull(image, "image");
        requireNonNull(source, "source");
        requireNonNull(pending, "pending");
        requireNonNull(createdAt, "createdAt");
    }

    /** Where a page that ends with this letter goes on. */
    public JobCursor cursor() {
        return new JobCursor(createdAt, jobId);
    }
}
