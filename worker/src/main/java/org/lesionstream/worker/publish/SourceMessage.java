package org.lesionstream.worker.publish;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.worker.delivery.Position;

/**
 * A message of a job topic as it stands on Kafka, byte for byte, to be sent once more.
 *
 * @param key the Kafka key; empty where there is none
 * @param value owned by this value from here on; empty where there is none
 * @param headers in their order
 */
public record SourceMessage(Position position, Optional<byte[]> key, Optional<byte[]> value, List<Header> headers) {
    private static final String TRACE_PARENT = "traceparent";

    public SourceMessage {
        requireNonNull(position, "position");
        requireNonNull(key, "key");
        requireNonNull(value, "value");
        headers = List.copyOf(headers);
    }

    /** A header as it is. */
    public record Header(String name, Optional<byte[]> value) {
        public Header {
            requireNonNull(name, "name");
            requireNonNull(value, "value");
        }
    }

    /** Bytes of the value; 0 where there is none, as a dead letter counts it. */
    public long length() {
        return value.map(bytes -> (long) bytes.length).orElse(0L);
    }

    /** SHA-256 of the value, as a dead letter names it. */
    public Digest digest() {
        return Digest.of(value.orElse(new byte[0]));
    }

    /** W3C trace context of whoever sent it first; empty where there is none that is one. */
    public Optional<String> traceParent() {
        return headers.stream()
                .filter(header -> header.name().equals(TRACE_PARENT))
                .reduce((first, last) -> last)
                .flatMap(Header::value)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .filter(CloudEventHeaders::isTraceParent);
    }
}
