package org.lesionstream.worker.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.lesionstream.schemas.message.CaseTimeout;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.message.MessageType;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.delivery.OutgoingMessage;
import org.lesionstream.worker.delivery.Position;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * Puts jobs on Kafka for those who do not speak Kafka themselves, and the control records of the workers.
 *
 * <ul>
 *   <li>A submitted job is on all replicas when the call returns. After a failure it may or may not be there: submit it
 *       again under the same job id, which has one outcome ever.
 *   <li>Thread-safe. Connects at the first job, so that a worker starts without a broker.
 * </ul>
 */
public final class JobSubmitter implements AutoCloseable {
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final PublisherSettings settings;
    private final MessageCodec codec;
    private final InstantSource clock;
    private Optional<KafkaProducer<byte[], byte[]>> producer = Optional.empty();

    public JobSubmitter(PublisherSettings settings, MessageCodec codec, InstantSource clock) {
        this.settings = settings;
        this.codec = codec;
        this.clock = clock;
    }

    /**
     * Submits a job and waits until the broker has it.
     *
     * @return where the job stands
     * @throws SegmentationException with {@link FailureCode#MESSAGE_TOO_LARGE} or {@link FailureCode#BROKER_UNAVAILABLE}
     */
    public Position submit(ImageJob job, Lane lane, Optional<String> traceParent) {
        return send(message(job), lane, traceParent);
    }

    /**
     * Asks for the closing of a case whose time is up, and waits until the broker has it.
     *
     * @throws SegmentationException with {@link FailureCode#BROKER_UNAVAILABLE}; asking again does no harm
     */
    public void submit(CaseTimeout timeout) {
        send(
                new OutgoingMessage(MessageType.CASE_TIMEOUT, timeout.id(), timeout.caseId(), codec.write(timeout)),
                Lane.URGENT,
                Optional.empty());
    }

    /**
     * Submits jobs side by side and waits until the broker has answered for each of them. The first one that cannot be sent at
     * all ends the sending, so that an absent broker costs one wait and not one per job.
     *
     * @param jobs with different ids
     * @return by job id what could not be submitted and why, {@link FailureCode#MESSAGE_TOO_LARGE} or {@link
     *     FailureCode#BROKER_UNAVAILABLE}; empty if all are there
     */
    public Map<String, FailureCode> submitAll(List<ImageJob> jobs, Lane lane) {
        Map<String, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        Map<String, FailureCode> failed = new LinkedHashMap<>();
        boolean away = false;
        for (ImageJob job : jobs) {
            if (away) {
                failed.put(job.jobId(), FailureCode.BROKER_UNAVAILABLE);
                continue;
            }
            try {
                Future<RecordMetadata> answer = producer().send(toKafka(message(job), lane, Optional.empty()));
                sent.put(job.jobId(), answer);
                away = answer.isDone()
                        && code(answer)
                                .filter(FailureCode.BROKER_UNAVAILABLE::equals)
                                .isPresent();
            } catch (KafkaException e) {
                failed.put(job.jobId(), failure(e).code());
                away = failure(e).code() == FailureCode.BROKER_UNAVAILABLE;
            }
        }
        sent.forEach((jobId, answer) -> code(answer).ifPresent(code -> failed.put(jobId, code)));
        return failed;
    }

    /**
     * Puts a message on its topic once more, byte for byte with its key and headers, and waits until the broker has it.
     *
     * @return where it stands now
     * @throws SegmentationException with {@link FailureCode#MESSAGE_TOO_LARGE} or {@link FailureCode#BROKER_UNAVAILABLE}
     */
    public Position repeat(SourceMessage message) {
        ProducerRecord<byte[], byte[]> copy = new ProducerRecord<>(
                message.position().topic(),
                null,
                message.key().orElse(null),
                message.value().orElse(null));
        message.headers().forEach(header -> copy.headers()
                .add(header.name(), header.value().orElse(null)));
        return send(copy);
    }

    /** Waits for the broker; why it has not got the message. */
    private static Optional<FailureCode> code(Future<RecordMetadata> answer) {
        try {
            await(answer);
            return Optional.empty();
        } catch (SegmentationException e) {
            return Optional.of(e.code());
        }
    }

    private OutgoingMessage message(ImageJob job) {
        return new OutgoingMessage(
                MessageType.of(job), job.jobId(), job.imagingCase().id(), codec.write(job));
    }

    private Position send(OutgoingMessage outgoing, Lane lane, Optional<String> traceParent) {
        return send(toKafka(outgoing, lane, traceParent));
    }

    private Position send(ProducerRecord<byte[], byte[]> message) {
        try {
            RecordMetadata stored = await(producer().send(message));
            return new Position(stored.topic(), stored.partition(), stored.offset());
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    private static RecordMetadata await(Future<RecordMetadata> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (InterruptedException e) {
            throw failure(new InterruptException(e));
        }
    }

    private ProducerRecord<byte[], byte[]> toKafka(OutgoingMessage outgoing, Lane lane, Optional<String> traceParent) {
        CloudEventHeaders headers = new CloudEventHeaders(
                outgoing.id(),
                outgoing.type().ceType(),
                settings.source().toString(),
                Optional.of(clock.instant()),
                traceParent);
        return new ProducerRecord<>(
                settings.topics().topic(outgoing.type(), lane),
                null,
                outgoing.key().getBytes(UTF_8),
                outgoing.value(),
                headers.toKafka());
    }

    @Override
    public synchronized void close() {
        producer.ifPresent(open -> open.close(CLOSE_WAIT));
        producer = Optional.empty();
    }

    private static SegmentationException failure(Throwable cause) {
        FailureCode code = cause instanceof RecordTooLargeException
                ? FailureCode.MESSAGE_TOO_LARGE
                : FailureCode.BROKER_UNAVAILABLE;
        return new SegmentationException(code, "submit", cause);
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        if (producer.isEmpty()) {
            producer = Optional.of(new KafkaProducer<>(
                    ProducerProperties.plain(settings), new ByteArraySerializer(), new ByteArraySerializer()));
        }
        return producer.get();
    }
}
