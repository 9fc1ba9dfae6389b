package org.lesionstream.worker.persist;

import java.util.Locale;
import org.lesionstream.schemas.message.MessageType;

/** How a job ended, as the table and the HTTP interface say it. */
public enum OutcomeKind {
    SEGMENTED(MessageType.SEGMENTATION_RESULT),
    EXPANDED(MessageType.JOB_EXPANSION),
    DEAD_LETTER(MessageType.DEAD_LETTER);

    private final MessageType message;

    OutcomeKind(MessageType message) {
        this.message = message;
    }

    /** The type of message that answers such a job. */
    MessageType message() {
        return message;
    }

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    static OutcomeKind ofColumn(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
