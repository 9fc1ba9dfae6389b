package org.lesionstream.worker.delivery;

import static java.util.Objects.requireNonNull;

/** Where a message stands on Kafka; no two messages share a position. */
public record Position(String topic, int partition, long offset) {
    public Position {
        requireNonNull(topic, "topic");
        if (partition < 0) {
            throw new IllegalArgumentException("partition must not be negative, was " + partition);
        }
        if (offset < 0) {
            throw new IllegalArgumentException("offset must not be negative, was " + offset);
        }
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
