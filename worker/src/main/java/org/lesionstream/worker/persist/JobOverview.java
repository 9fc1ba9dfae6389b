package org.lesionstream.worker.persist;

import java.time.Instant;
import java.util.Optional;

/**
 * One line about a finished job.
 *
 * @param reference the checkpoint as the job asked for it
 * @param checkpointDigest the checkpoint that did it; empty where none was chosen yet
 * @param image number of the image in its case, counted from 1
 * @param counted whether it speaks for its image; another job for the same image does not
 * @param failureCode why it is a dead letter
 * @param topic topic that it came from
 * @param lesions lesions of all classes; empty without a mask
 * @param areaPixels their pixels
 * @param areaSquareMillimetres their area; empty where the pixel spacing is unknown
 */
public record JobOverview(
        String jobId,
        OutcomeKind outcome,
        Optional<String> caseId,
        Optional<String> reference,
        Optional<Integer> image,
        boolean counted,
        Optional<String> checkpointDigest,
        Optional<String> failureCode,
        String topic,
        Optional<Long> lesions,
        Optional<Long> areaPixels,
        Optional<Double> areaSquareMillimetres,
        Instant createdAt) {

    /** Where a page that ends with this job goes on. */
    public JobCursor cursor() {
        return new JobCursor(createdAt, jobId);
    }
}
