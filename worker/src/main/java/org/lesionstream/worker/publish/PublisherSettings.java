package org.lesionstream.worker.publish;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import org.lesionstream.worker.broker.BrokerAccess;

/**
 * What the producers are told.
 *
 * @param broker where the broker is and how to connect
 * @param transactionalId name of this worker towards the transaction coordinator, unlike that of any other; see {@link
 *     #transactionalId}
 * @param topics where messages go
 * @param source the {@code ce_source} of what this worker publishes
 * @param maxMessageBytes longest message; not above the {@code max.message.bytes} of the topics
 */
public record PublisherSettings(
        BrokerAccess broker, String transactionalId, TopicNames topics, URI source, int maxMessageBytes) {
    public PublisherSettings {
        requireNonNull(broker, "broker");
        requireNonNull(transactionalId, "transactionalId");
        requireNonNull(topics, "topics");
        requireNonNull(source, "source");
        if (maxMessageBytes < 1) {
            throw new IllegalArgumentException("maxMessageBytes must be positive, was " + maxMessageBytes);
        }
    }

    /**
     * Group, host and a part of its own for every process: two workers on one host never fence each other, and an operator
     * still sees in the coordinator's list whose transaction it is.
     */
    public static String transactionalId(String group, String host, long random) {
        return group + "-" + host + "-" + Long.toHexString(random);
    }
}
