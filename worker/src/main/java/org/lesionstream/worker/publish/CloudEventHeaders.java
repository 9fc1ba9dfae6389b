package org.lesionstream.worker.publish;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The CloudEvents 1.0 attributes of a message, as headers in Kafka's binary mode, and the W3C trace context beside them.
 *
 * @param id the same at every repetition of the message; readers tell duplicates by it
 * @param type a {@link org.lesionstream.schemas.message.MessageType#ceType}
 * @param source who made the message, a URI reference
 * @param time when it was made
 */
public record CloudEventHeaders(
        String id, String type, String source, Optional<Instant> time, Optional<String> traceParent) {
    private static final String SPEC_VERSION = "ce_specversion";
    private static final String ID = "ce_id";
    private static final String TYPE = "ce_type";
    private static final String SOURCE = "ce_source";
    private static final String TIME = "ce_time";
    private static final String CONTENT_TYPE = "content-type";
    private static final String TRACE_PARENT = "traceparent";
    private static final Pattern TRACE_PARENT_TEXT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    public CloudEventHeaders {
        requireNonNull(id, "id");
        requireNonNull(type, "type");
        requireNonNull(source, "source");
        requireNonNull(time, "time");
        requireNonNull(traceParent, "traceParent");
    }

    /** As Kafka headers; a fresh, changeable list. */
    public Headers toKafka() {
        Headers headers = new RecordHeaders();
        put(headers, SPEC_VERSION, "1.0");
        put(headers, ID, id);
        put(headers, TYPE, type);
        put(headers, SOURCE, source);
        time.ifPresent(instant -> put(headers, TIME, instant.toString()));
        put(headers, CONTENT_TYPE, "application/json");
        traceParent.ifPresent(trace -> put(headers, TRACE_PARENT, trace));
        return headers;
    }

    /** Reads the headers of a message; empty if it carries no CloudEvents attributes. A time that is none is left out. */
    public static Optional<CloudEventHeaders> read(Headers headers) {
        Optional<String> id = get(headers, ID);
        Optional<String> type = get(headers, TYPE);
        Optional<String> source = get(headers, SOURCE);
        if (id.isEmpty() || type.isEmpty() || source.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CloudEventHeaders(
                id.get(),
                type.get(),
                source.get(),
                get(headers, TIME).flatMap(CloudEventHeaders::instant),
                get(headers, TRACE_PARENT)));
    }

    /** Whether a text is a W3C trace context. */
    static boolean isTraceParent(String text) {
        return TRACE_PARENT_TEXT.matcher(text).matches();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> get(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }
}
