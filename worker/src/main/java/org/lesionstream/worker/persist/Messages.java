package org.lesionstream.worker.persist;

import java.util.Optional;
import org.lesionstream.schemas.message.MessageType;
import org.lesionstream.worker.delivery.OutgoingMessage;

/**
 * The identity of what is published: made of nothing but what the database keeps, so a repetition carries the same.
 *
 * <p>{@code #} cannot occur in an identifier from outside.
 */
final class Messages {
    private Messages() {}

    /** The answer to a job; without a case its key is the outcome's own id, which names the source position. */
    static OutgoingMessage outcome(OutcomeKind kind, String jobId, int replay, Optional<String> caseId, byte[] value) {
        return new OutgoingMessage(kind.message(), jobId + "#" + replay, caseId.orElse(jobId), value);
    }

    static OutgoingMessage caseResult(CaseKey key, int revision, byte[] value) {
        return new OutgoingMessage(
                MessageType.CASE_RESULT, key.caseId() + "/" + key.reference() + "#" + revision, key.caseId(), value);
    }
}
