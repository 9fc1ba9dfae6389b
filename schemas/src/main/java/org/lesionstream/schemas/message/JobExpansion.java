package org.lesionstream.schemas.message;

import static java.util.Objects.requireNonNull;

import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Digest;

/**
 * The answer to a job whose source holds many images, such as a volume, a series or the pages of a TIFF: it went on as one job for each of
 * them, published with this answer.
 *
 * @param jobId the job that this answers; its children are {@code <jobId>.1} to {@code <jobId>.<images>}
 * @param caseId the case, whose images the children are
 * @param checkpoint what shall segment them
 * @param sha256 of the encoded source; of several channels: of their digests, 32 bytes each, one after the other; of a series: of the locations
 *     of its images, one a line
 * @param images how many children there are
 */
public record JobExpansion(String jobId, String caseId, CheckpointReference checkpoint, Digest sha256, int images) {

    public JobExpansion {
        Identifier.check("jobId", jobId);
        Identifier.check("caseId", caseId);
        requireNonNull(checkpoint, "checkpoint");
        requireNonNull(sha256, "sha256");
        if (images < 2 || images > CaseImage.MAX_IMAGES) {
            throw new IllegalArgumentException("images must be 2 to " + CaseImage.MAX_IMAGES + ", were " + images);
        }
    }

    /**
     * The job id of a child.
     *
     * @param image number of its image, counted from 1
     */
    public static String childId(String jobId, int image) {
        return jobId + "." + image;
    }
}
