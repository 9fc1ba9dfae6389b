package org.lesionstream.worker.intake;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.InvalidMessageException;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.message.MessageType;
import org.lesionstream.worker.delivery.Envelope;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.delivery.Position;
import org.lesionstream.worker.telemetry.JobTraces;

/**
 * A Kafka record to a job or a control record, or to the reason why it is neither.
 *
 * <ul>
 *   <li>Never throws for what a message holds: whatever was sent gets an answer.
 *   <li>The header {@code ce_type} must name a version that this worker reads. A message without that header is taken for
 *       the first version, so that a plain JSON text is a job; a field that this version does not know is refused anyway.
 *   <li>Size first: what is too long is not parsed.
 *   <li>A trace context that is not one is dropped, not passed on.
 * </ul>
 */
final class JobReader {
    private static final String TYPE_HEADER = "ce_type";
    private static final String TRACE_HEADER = "traceparent";
    private static final Pattern TRACE_PARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final byte[] EMPTY = {};

    private final MessageCodec codec;
    private final int maxMessageBytes;
    private final JobTraces traces;

    JobReader(MessageCodec codec, int maxMessageBytes, JobTraces traces) {
        this.traces = requireNonNull(traces, "traces");
        this.codec = requireNonNull(codec, "codec");
        this.maxMessageBytes = maxMessageBytes;
    }

    PolledMessage read(ConsumerRecord<byte[], byte[]> kafkaRecord, Lane lane, long assignment, long nowNanos) {
        byte[] value = kafkaRecord.value() == null ? EMPTY : kafkaRecord.value();
        Position position = new Position(kafkaRecord.topic(), kafkaRecord.partition(), kafkaRecord.offset());
        Optional<String> parent = header(kafkaRecord.headers(), TRACE_HEADER)
                .filter(text -> TRACE_PARENT.matcher(text).matches());
        Envelope envelope = new Envelope(
                position,
                lane,
                assignment,
                nowNanos,
                traces.begin(position, lane, parent),
                value.length,
                Digest.of(value));
        if (value.length > maxMessageBytes) {
            return new PolledMessage.Refused(envelope, FailureCode.MESSAGE_TOO_LARGE, "");
        }
        Optional<String> said = header(kafkaRecord.headers(), TYPE_HEADER);
        Optional<MessageType> type = said.flatMap(MessageType::ofCeType);
        boolean timeout = type.equals(Optional.of(MessageType.CASE_TIMEOUT));
        if (said.isPresent() && !timeout && !type.map(MessageType::isJob).orElse(false)) {
            return new PolledMessage.Refused(envelope, FailureCode.UNKNOWN_MESSAGE_VERSION, TYPE_HEADER);
        }
        try {
            return timeout
                    ? new PolledMessage.Timeout(envelope, codec.readCaseTimeout(value))
                    : new PolledMessage.Valid(
                            envelope, type.isPresent() ? codec.readJob(type.get(), value) : codec.readJob(value));
        } catch (InvalidMessageException invalid) {
            return new PolledMessage.Refused(envelope, invalid.code(), invalid.pointer());
        }
    }

    private static Optional<String> header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }
}
