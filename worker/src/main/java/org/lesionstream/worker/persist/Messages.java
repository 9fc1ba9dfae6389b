package org.lesionstream.worker.persist;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.message.MessageType;
import org.lesionstream.worker.delivery.ImagePart;
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

    /** The jobs that a job with many images goes on as. */
    static List<OutgoingMessage> children(ImageJob parent, List<ImagePart> parts, MessageCodec codec) {
        List<OutgoingMessage> children = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            ImageJob child = parts.get(i).child(parent, i + 1, parts.size());
            children.add(new OutgoingMessage(
                    MessageType.of(child), child.jobId(), child.imagingCase().id(), codec.write(child)));
        }
        return children;
    }

    static OutgoingMessage caseResult(CaseKey key, int revision, byte[] value) {
        return new OutgoingMessage(
                MessageType.CASE_RESULT, key.caseId() + "/" + key.reference() + "#" + revision, key.caseId(), value);
    }
}
