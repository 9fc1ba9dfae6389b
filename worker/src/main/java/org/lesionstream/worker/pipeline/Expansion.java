package org.lesionstream.worker.pipeline;

import org.lesionstream.schemas.message.CaseImage;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.Identifier;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.schemas.message.JobExpansion;
import org.lesionstream.worker.decode.ManyImages;
import org.lesionstream.worker.delivery.Delivery;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * Decides whether a job whose source holds many images can go on as one job for each of them.
 *
 * <ul>
 *   <li>The images make up the case, so the job must be image 1 of a case of 1.
 *   <li>Each child reads the source anew, so it must have a location: bytes in the message would travel once for each image.
 *   <li>The ids of the children must be ids.
 * </ul>
 */
final class Expansion {

    private Expansion() {}

    /** @throws SegmentationException with {@link FailureCode#MANY_IMAGES} if it cannot */
    static JobOutcome of(Delivery delivery, ManyImages content) {
        ImageJob job = delivery.job();
        int images = content.parts().size();
        if (job.imagingCase().images() != 1) {
            throw new SegmentationException(FailureCode.MANY_IMAGES, "/case/images");
        }
        if (images > CaseImage.MAX_IMAGES || inline(job.image())) {
            throw new SegmentationException(FailureCode.MANY_IMAGES, "/image");
        }
        if (!Identifier.PATTERN
                .matcher(JobExpansion.childId(job.jobId(), images))
                .matches()) {
            throw new SegmentationException(FailureCode.MANY_IMAGES, "/jobId");
        }
        return new JobOutcome.Expanded(
                delivery,
                new JobExpansion(job.jobId(), job.imagingCase().id(), job.checkpoint(), content.sha256(), images),
                content.parts());
    }

    private static boolean inline(ImageSource source) {
        return source.inline().isPresent() || source.channels().stream().anyMatch(Expansion::inline);
    }
}
