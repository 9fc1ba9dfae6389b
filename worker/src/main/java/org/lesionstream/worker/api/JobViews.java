package org.lesionstream.worker.api;

import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lesionstream.schemas.lesion.LesionStatistics;
import org.lesionstream.schemas.message.DeadLetter;
import org.lesionstream.schemas.message.SegmentationResult;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.delivery.Position;
import org.lesionstream.worker.persist.JobDetails;
import org.lesionstream.worker.persist.JobOverview;
import org.lesionstream.worker.persist.OutcomeKind;
import org.lesionstream.worker.publish.TopicNames;

/** How jobs look in JSON. */
final class JobViews {
    private JobViews() {}

    /** A page of the list. */
    @Schema(description = "A page of finished jobs, the newest first")
    record Page(
            List<Line> jobs,

            @Schema(description = "Value of the parameter after for the next page; null on the last page")
            Optional<String> next) {

        /**
         * @param found one job more than the page shall hold, if there are more
         */
        static Page of(List<JobOverview> found, int size, TopicNames topics) {
            List<JobOverview> page = found.subList(0, Math.min(size, found.size()));
            return new Page(
                    page.stream().map(job -> Line.of(job, topics)).toList(),
                    found.size() > size
                            ? Optional.of(page.get(size - 1).cursor().toString())
                            : Optional.empty());
        }
    }

    /** A line of the list. */
    @Schema(description = "A finished job, in one line")
    record Line(
            String jobId,
            OutcomeKind outcome,

            @Schema(description = "null where the topic belongs to no lane of this worker")
            Optional<Lane> lane,

            Optional<String> caseId,
            Optional<String> reference,
            Optional<Integer> image,

            @Schema(description = "Whether it speaks for its image; another job for the same image does not")
            boolean counted,

            Optional<String> checkpointDigest,
            Optional<String> failureCode,
            Optional<Long> lesions,
            Optional<Long> areaPixels,
            Optional<Double> areaSquareMillimetres,
            Instant createdAt) {

        static Line of(JobOverview job, TopicNames topics) {
            return new Line(
                    job.jobId(),
                    job.outcome(),
                    topics.lane(job.topic()),
                    job.caseId(),
                    job.reference(),
                    job.image(),
                    job.counted(),
                    job.checkpointDigest(),
                    job.failureCode(),
                    job.lesions(),
                    job.areaPixels(),
                    job.areaSquareMillimetres(),
                    job.createdAt());
        }
    }

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
