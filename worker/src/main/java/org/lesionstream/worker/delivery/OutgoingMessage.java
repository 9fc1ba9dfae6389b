package org.lesionstream.worker.delivery;

import static java.util.Objects.requireNonNull;

import org.lesionstream.schemas.message.MessageType;

/**
 * A message as it will be published.
 *
 * @param id the CloudEvents id, the same at every repetition, by which readers tell duplicates
 * @param key the Kafka key: the case id, or the source position where no case is known
 * @param value the JSON text in UTF-8, owned by this value from here on
 */
@SuppressWarnings("ArrayRecordComponent") // owned as said above; nobody compares messages
public record OutgoingMessage(MessageType type, String id, String key, byte[] value) {
    public OutgoingMessage {
        requireNonNull(type, "type");
        requireNonNull(id, "id");
        requireNonNull(key, "key");
        requireNonNull(value, "value");
    }
}
