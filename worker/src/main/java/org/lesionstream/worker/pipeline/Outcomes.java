package org.lesionstream.worker.pipeline;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.lesion.LesionStatistics;
import org.lesionstream.schemas.message.DeadLetter;
import org.lesionstream.schemas.message.DeadLetterSource;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageIdentity;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.MaskReference;
import org.lesionstream.schemas.message.SegmentationResult;
import org.lesionstream.worker.delivery.Delivery;
import org.lesionstream.worker.delivery.Envelope;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.inference.ServedCheckpoint;
import org.lesionstream.worker.lesion.LesionReport;

/** Puts together how a job ended: request, report, checkpoint and timings to the result; failure to the dead letter. */
final class Outcomes {
    private static final Comparator<LesionStatistics> LARGEST_FIRST =
            Comparator.comparingLong(LesionStatistics::areaPixels).reversed().thenComparingInt(LesionStatistics::index);

    JobOutcome segmented(InFlight<LesionReport> done, SourceImage image) {
        ImageJob job = done.delivery().job();
        ServedCheckpoint checkpoint = image.checkpoint();
        CheckpointManifest manifest = checkpoint.manifest();
        LesionReport report = done.payload();
        List<LesionStatistics> largest = report.lesions().stream()
                .sorted(LARGEST_FIRST)
                .limit(SegmentationResult.MAX_LESIONS)
                .toList();
        SegmentationResult result = new SegmentationResult(
                job.jobId(),
                job.imagingCase(),
                new CheckpointIdentity(manifest.name(), manifest.version(), checkpoint.digest()),
                checkpoint.precision().text(),
                checkpoint.engine(),
                new ImageIdentity(image.pixels().width(), image.pixels().height(), image.digest()),
                new MaskReference("png", report.maskDigest(), "/api/jobs/" + job.jobId() + "/mask.png"),
                report.totals(),
                largest,
                report.lesions().size(),
                done.timings().millis(),
                done.attempt(),
                image.pixels().spacing(),
                Optional.of(manifest.lesionRules().applicable(image.pixels().spacing())));
        return new JobOutcome.Segmented(done.delivery(), result, report.png(), report.lesions());
    }

    JobOutcome deadLetter(InFlight<?> work, SegmentationException failure) {
        return deadLetter(work.delivery(), failure.code(), failure.where(), work.attempt());
    }

    /** The message could not be read as a job. */
    JobOutcome unreadable(Envelope envelope, FailureCode code, String where) {
        return new JobOutcome.DeadLettered(
                envelope, Optional.empty(), new DeadLetter(Optional.empty(), source(envelope), code, where, 1));
    }

    /** What was to be stored could not be; the job's dead letter takes its place. */
    JobOutcome deadLetter(JobOutcome refused, FailureCode code, String where) {
        if (refused instanceof JobOutcome.Segmented segmented) {
            return deadLetter(
                    segmented.delivery(), code, where, segmented.result().attempt());
        }
        if (refused instanceof JobOutcome.OfJob other) {
            return deadLetter(other.delivery(), code, where, 1);
        }
        return refused instanceof JobOutcome.DeadLettered letter
                        && letter.delivery().isPresent()
                ? deadLetter(letter.delivery().get(), code, where, 1)
                : unreadable(refused.envelope(), code, where);
    }

    /** The job could not be done. */
    JobOutcome deadLetter(Delivery delivery, FailureCode code, String where, int attempts) {
        DeadLetter letter = new DeadLetter(
                Optional.of(delivery.job().withoutPixels()), source(delivery.envelope()), code, where, attempts);
        return new JobOutcome.DeadLettered(delivery.envelope(), Optional.of(delivery), letter);
    }

    private static DeadLetterSource source(Envelope envelope) {
        return new DeadLetterSource(
                envelope.position().topic(),
                envelope.position().partition(),
                envelope.position().offset(),
                envelope.length(),
                envelope.digest());
    }
}
