package org.lesionstream.worker.publish;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * A topic as the broker has it.
 *
 * @param retention how long messages are kept; negative for ever
 */
public record TopicState(String name, int partitions, int replication, Duration retention, int maxMessageBytes) {
    public TopicState {
        requireNonNull(name, "name");
        requireNonNull(retention, "retention");
    }
}
