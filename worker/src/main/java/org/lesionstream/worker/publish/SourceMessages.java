package org.lesionstream.worker.publish;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.broker.BrokerAccess;
import org.lesionstream.worker.delivery.Position;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * Reads single messages of the job topics again, by their position.
 *
 * <ul>
 *   <li>Belongs to no group and commits nothing: looking changes nothing for the workers.
 *   <li>Holds one message at a time. Connects at the first question.
 *   <li>Confined to one thread; throws with {@link FailureCode#BROKER_UNAVAILABLE}.
 * </ul>
 */
public final class SourceMessages implements AutoCloseable {
    private static final Duration POLL_WAIT = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final BrokerAccess broker;
    private final InstantSource clock;
    private final Map<TopicPartition, Boolean> known = new HashMap<>();
    private Optional<KafkaConsumer<byte[], byte[]>> consumer = Optional.empty();

    public SourceMessages(BrokerAccess broker, InstantSource clock) {
        this.broker = broker;
        this.clock = clock;
    }

    /** Those of some positions that the topics still hold, by their first and last offsets. */
    public Set<Position> kept(Collection<Position> positions) {
        try {
            Set<TopicPartition> partitions = new HashSet<>();
            positions.stream()
                    .map(SourceMessages::partition)
                    .filter(this::exists)
                    .forEach(partitions::add);
            Map<TopicPartition, Long> begins = consumer().beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = consumer().endOffsets(partitions);
            Set<Position> kept = new HashSet<>();
            for (Position position : positions) {
                TopicPartition partition = partition(position);
                if (partitions.contains(partition)
                        && position.offset() >= begins.get(partition)
                        && position.offset() < ends.get(partition)) {
                    kept.add(position);
                }
            }
            return kept;
        } catch (KafkaException failure) {
            throw unavailable(failure);
        }
    }

    /** The message at a position; empty if the topic no longer holds it. */
    public Optional<SourceMessage> read(Position position) {
        if (kept(List.of(position)).isEmpty()) {
            return Optional.empty();
        }
        try {
            TopicPartition partition = partition(position);
            consumer().assign(List.of(partition));
            consumer().seek(partition, position.offset());
            return next(partition, position);
        } catch (OffsetOutOfRangeException gone) {
            return Optional.empty(); // dropped since its offset was looked at
        } catch (KafkaException failure) {
            throw unavailable(failure);
        }
    }

    private Optional<SourceMessage> next(TopicPartition partition, Position wanted) {
        long deadline = clock.millis() + PATIENCE.toMillis();
        while (clock.millis() < deadline) {
            for (ConsumerRecord<byte[], byte[]> found : consumer().poll(POLL_WAIT)) {
                return found.offset() == wanted.offset() ? Optional.of(message(found)) : Optional.empty();
            }
            if (consumer().position(partition) > wanted.offset()) {
                return Optional.empty(); // what stood there is no message of a committed transaction
            }
        }
        throw new SegmentationException(FailureCode.BROKER_UNAVAILABLE, "source");
    }

    @Override
    public void close() {
        consumer.ifPresent(KafkaConsumer::close);
        consumer = Optional.empty();
    }

    private boolean exists(TopicPartition partition) {
        return known.computeIfAbsent(partition, asked -> consumer().partitionsFor(asked.topic()).stream()
                .anyMatch(info -> info.partition() == asked.partition()));
    }

    private static TopicPartition partition(Position position) {
        return new TopicPartition(position.topic(), position.partition());
    }

    private static SourceMessage message(ConsumerRecord<byte[], byte[]> found) {
        List<SourceMessage.Header> headers = new ArrayList<>();
        for (Header header : found.headers()) {
            headers.add(new SourceMessage.Header(header.key(), Optional.ofNullable(header.value())));
        }
        return new SourceMessage(
                new Position(found.topic(), found.partition(), found.offset()),
                Optional.ofNullable(found.key()),
                Optional.ofNullable(found.value()),
                headers);
    }

    private static SegmentationException unavailable(KafkaException failure) {
        return new SegmentationException(FailureCode.BROKER_UNAVAILABLE, "source", failure);
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        if (consumer.isEmpty()) {
            Map<String, Object> properties = broker.properties();
            properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
            properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
            properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
            properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
            properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
            properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
            properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
            properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
            consumer = Optional.of(new KafkaConsumer<>(properties));
        }
        return consumer.get();
    }
}
