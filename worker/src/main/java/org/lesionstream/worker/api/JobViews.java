package org.lesionstream.worker.api;

import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lesionstream.schemas.lesion.LesionStatistics;
import org.lesionstream.schemas.message.DeadLetter;
import org.lesionstream.schemas.message.SegmentationResult;
import org.lesionstream.worker.delivery.Position;
import org.lesionstream.worker.persist.JobDetails;
import org.lesionstream.worker.persist.OutcomeKind;

/** How jobs look in JSON. */
final class JobViews {
    private JobViews() {}

    /** A finished job. */
    @Schema(description = "A finished job")
    record Details(
            String jobId,
            OutcomeKind outcome,
            Optional<String> caseId,
            Optional<String> reference,
            Optional<Integer> image,
            Instant createdAt,

            @Schema(
                    description = "The answer as published: a segmentation result or a dead letter",
                    oneOf = {SegmentationResult.class, DeadLetter.class})
            RawValue answer,

            @Schema(description = "All lesions, also those beyond the 256 of the answer")
            List<LesionStatistics> lesions) {

        static Details of(JobDetails details) {
            return new Details(
                    details.jobId(),
                    details.outcome(),
                    details.caseId(),
                    details.reference(),
                    details.image(),
                    details.createdAt(),
                    new RawValue(details.message()),
                    details.lesions());
        }
    }

    /** A submitted job. */
    @Schema(description = "A job that was put on Kafka, and where it stands there")
    record Accepted(String jobId, String topic, int partition, long offset) {

        static Accepted of(String jobId, Position position) {
            return new Accepted(jobId, position.topic(), position.partition(), position.offset());
        }
    }
}
