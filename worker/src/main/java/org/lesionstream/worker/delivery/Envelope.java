package org.lesionstream.worker.delivery;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.lesionstream.schemas.checkpoint.Digest;

/**
 * What is known of a polled message besides its content.
 *
 * @param position where it stands on Kafka
 * @param lane the class of service of its topic
 * @param assignment number of the partition assignment under which it was polled; work that finishes after the
 *     partition moved away carries an old number and is not committed
 * @param polledAtNanos monotonic time of the poll
 * @param traceParent W3C trace context for every answer: the worker's own span of this message where that is recorded, else what
 *     the producer sent
 * @param length bytes of the message
 * @param digest SHA-256 of the message: all that may be said of a message that could not be validated
 */
public record Envelope(
        Position position,
        Lane lane,
        long assignment,
        long polledAtNanos,
        Optional<String> traceParent,
        int length,
        Digest digest) {
    public Envelope {
        requireNonNull(position, "position");
        requireNonNull(lane, "lane");
        requireNonNull(traceParent, "traceParent");
        requireNonNull(digest, "digest");
        if (length < 0) {
            throw new IllegalArgumentException("length must not be negative, was " + length);
        }
    }
}
