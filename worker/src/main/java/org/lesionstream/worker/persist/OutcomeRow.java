package org.lesionstream.worker.persist;

import java.util.Optional;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.delivery.Delivery;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.OutgoingMessage;
import org.lesionstream.worker.delivery.Position;

/**
 * An outcome as its row says it, with the message that answers it.
 *
 * @param caseKey the case; with {@code image} and {@code images} empty for a message that could not be read
 * @param segmented the full outcome, where there is a mask to keep
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
        OutgoingMessage message) {

    static OutcomeRow of(JobOutcome.Segmented outcome, MessageCodec codec) {
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
                Messages.outcome(
                        OutcomeKind.SEGMENTED,
                        outcome.jobId(),
                        delivery.registration().replay(),
                        Optional.of(delivery.job().imagingCase().id()),
                        codec.write(outcome.result())));
    }

    static OutcomeRow of(JobOutcome.DeadLettered outcome, MessageCodec codec) {
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
                Messages.outcome(
                        OutcomeKind.DEAD_LETTER,
                        outcome.jobId(),
                        replay,
                        job.map(known -> known.imagingCase().id()),
                        codec.write(outcome.letter())));
    }
}
