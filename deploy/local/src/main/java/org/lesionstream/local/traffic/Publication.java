package org.lesionstream.local.traffic;

import org.lesionstream.schemas.message.MessageType;

/**
 * One answer as it came.
 *
 * @param id its {@code ce_id}
 * @param json its content
 * @param atMillis when it was written to the broker, since 1970
 */
public record Publication(MessageType type, String id, String json, long atMillis) {

    /** What it is about, job or case: its id without replay or revision. */
    public String about() {
        return id.substring(0, id.lastIndexOf('#'));
    }
}
