package org.lesionstream.worker.persist;

import java.util.Optional;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.schemas.message.JobExpansion;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.message.SlicePosition;
import org.lesionstream.worker.delivery.Delivery;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.OutgoingMessage;
import org.lesionstream.worker.delivery.Position;

/**
 * An outcome as its row says it, with the message that answers it.
 *
 * @param caseKey the case; with {@code image} and {@code images} empty for a message that could not be read
 * @param segmented the full outcome, where there is a mask to keep
 * @param expanded the full outcome, where there are images to keep that the job went on as
 */
record OutcomeRow(
        String jobId,
        OutcomeKind kind,
        Optional<CaseKey> caseKey,
        Optional<Integer> image,
        Optional<Integer> images,
        Optional<Digest> checkpoint,
        int replay,
        Optional<String> failureCode,
        Position position,
        Optional<JobOutcome.Segmented> segmented,
        Optional<JobOutcome.Expanded> expanded,
        OutgoingMessage message) {

    /** The image of a case that the job names; empty for a message that could not be read. */
    Optional<CaseTable.CaseImageKey> caseImage() {
        return caseKey.map(key -> new CaseTable.CaseImageKey(key, image.orElseThrow()));
    }

    /** Where the picture can be fetched again. */
    Optional<String> sourceUri() {
        return source().flatMap(ImageSource::uri).map(Object::toString);
    }

    /** Which picture of what lies there. */
    Optional<Integer> sourceFrame() {
        return source().flatMap(source -> source.frame().stream().boxed().findFirst());
    }

    private Optional<ImageSource> source() {
        return segmented
                .map(JobOutcome.Segmented::delivery)
                .or(() -> expanded.map(JobOutcome.Expanded::delivery))
                .map(delivery -> delivery.job().image());
    }

    /** SHA-256 of the encoded source; empty for a dead letter. */
    Optional<Digest> sourceDigest() {
        return segmented
                .map(found -> found.result().image().sha256())
                .or(() -> expanded.map(found -> found.expansion().sha256()));
    }

    /** The pixel spacing that the measures rest on. */
    Optional<PixelSpacing> pixelSpacing() {
        return segmented.flatMap(found -> found.result().pixelSpacing());
    }

    /** The place of the image in a stack of slices. */
    Optional<SlicePosition> slice() {
        return segmented.flatMap(found -> found.delivery().job().slice());
    }

    /** What the image contributes to its case; empty for a dead letter. */
    Optional<ImageTotals> totals() {
        return segmented
                .map(JobOutcome.Segmented::result)
                .map(result -> new ImageTotals(
                        image.orElseThrow(),
                        jobId,
                        slice().isPresent(),
                        result.checkpoint(),
                        (long) result.image().width() * result.image().height(),
                        result.totals()));
    }

    /** The row of an outcome; empty where there is none to write: the job was done before, or it is no job. */
    static Optional<OutcomeRow> of(JobOutcome outcome, MessageCodec codec) {
        if (outcome instanceof JobOutcome.Segmented segmented) {
            return Optional.of(of(segmented, codec));
        }
        if (outcome instanceof JobOutcome.Expanded expanded) {
            return Optional.of(of(expanded, codec));
        }
        return outcome instanceof JobOutcome.DeadLettered letter ? Optional.of(of(letter, codec)) : Optional.empty();
    }

    private static OutcomeRow of(JobOutcome.Segmented outcome, MessageCodec codec) {
        Delivery delivery = outcome.delivery();
        return new OutcomeRow(
                outcome.jobId(),
                OutcomeKind.SEGMENTED,
                Optional.of(CaseKey.of(delivery.job())),
                Optional.of(delivery.job().imagingCase().image()),
                Optional.of(delivery.job().imagingCase().images()),
                Optional.of(outcome.result().checkpoint().digest()),
                delivery.registration().replay(),
                Optional.empty(),
                outcome.envelope().position(),
                Optional.of(outcome),
                Optional.empty(),
                Messages.outcome(
                        OutcomeKind.SEGMENTED,
                        outcome.jobId(),
                        delivery.registration().replay(),
                        Optional.of(delivery.job().imagingCase().id()),
                        codec.write(outcome.result())));
    }

    private static OutcomeRow of(JobOutcome.Expanded outcome, MessageCodec codec) {
        Delivery delivery = outcome.delivery();
        JobExpansion expansion = outcome.expansion();
        return new OutcomeRow(
                outcome.jobId(),
                OutcomeKind.EXPANDED,
                Optional.of(CaseKey.of(delivery.job())),
                Optional.of(delivery.job().imagingCase().image()),
                Optional.of(expansion.images()),
                delivery.registration().checkpoint(),
                delivery.registration().replay(),
                Optional.empty(),
                outcome.envelope().position(),
                Optional.empty(),
                Optional.of(outcome),
                Messages.outcome(
                        OutcomeKind.EXPANDED,
                        outcome.jobId(),
                        delivery.registration().replay(),
                        Optional.of(expansion.caseId()),
                        codec.write(expansion)));
    }

    private static OutcomeRow of(JobOutcome.DeadLettered outcome, MessageCodec codec) {
        Optional<ImageJob> job = outcome.delivery().map(Delivery::job);
        int replay = outcome.delivery()
                .map(delivery -> delivery.registration().replay())
                .orElse(0);
        return new OutcomeRow(
                outcome.jobId(),
                OutcomeKind.DEAD_LETTER,
                job.map(CaseKey::of),
                job.map(known -> known.imagingCase().image()),
                job.map(known -> known.imagingCase().images()),
                outcome.delivery().flatMap(delivery -> delivery.registration().checkpoint()),
                replay,
                Optional.of(outcome.letter().code().name()),
                outcome.envelope().position(),
                Optional.empty(),
                Optional.empty(),
                Messages.outcome(
                        OutcomeKind.DEAD_LETTER,
                        outcome.jobId(),
                        replay,
                        job.map(known -> known.imagingCase().id()),
                        codec.write(outcome.letter())));
    }
}
