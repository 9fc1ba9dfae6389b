package org.lesionstream.local.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.message.MessageType;

/**
 * Reads the worker's answers the way any receiver should: committed messages only, told apart by {@code ce_type}, everything from the
 * beginning. Confined to one thread.
 */
public final class AnswerReader implements AutoCloseable {

    private static final List<String> TOPICS =
            List.of("segmentation-results", "case-results", "image-jobs-dead-letter");

    private final KafkaConsumer<String, byte[]> consumer;
    private final MessageCodec codec = new MessageCodec();

    /** The topics must exist. */
    public AnswerReader(String bootstrapServers) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "enable.auto.commit", "false",
                "auto.offset.reset", "earliest");
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.assign(TOPICS.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList());
    }

    /**
     * Takes what has arrived, waiting for the first message at most so long.
     *
     * @return how many messages there were
     */
    public int read(AnswerListener answers, Duration limit) {
        return read(message -> tell(answers, message), limit);
    }

    /** The same without looking into the messages. */
    public int read(Consumer<Publication> answers, Duration limit) {
        int count = 0;
        for (ConsumerRecord<String, byte[]> message : consumer.poll(limit)) {
            answers.accept(publication(message));
            count++;
        }
        return count;
    }

    /** Takes everything up to what is the end of the topics now. */
    public void readToEnd(AnswerListener answers) {
        readToEnd(message -> tell(answers, message));
    }

    /** The same without looking into the messages. */
    public void readToEnd(Consumer<Publication> answers) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            read(answers, Duration.ofMillis(100));
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void tell(AnswerListener answers, Publication message) {
        switch (message.type()) {
            case SEGMENTATION_RESULT ->
                answers.take(codec.readResult(message.json().getBytes(UTF_8)), message.atMillis());
            case DEAD_LETTER -> answers.take(codec.readDeadLetter(message.json().getBytes(UTF_8)), message.atMillis());
            case CASE_RESULT -> answers.take(codec.readCaseResult(message.json().getBytes(UTF_8)));
            case JOB_EXPANSION ->
                answers.take(codec.readJobExpansion(message.json().getBytes(UTF_8)));
            case IMAGE_JOB, IMAGE_JOB_V2, CASE_TIMEOUT ->
                throw new IllegalStateException("A message that no job here can bring came back: " + message.type());
        }
    }

    private static Publication publication(ConsumerRecord<String, byte[]> message) {
        MessageType type = header(message, "ce_type")
                .flatMap(MessageType::ofCeType)
                .orElseThrow(() -> new IllegalStateException(
                        "A message on " + message.topic() + " has no ce_type that this version knows"));
        String id = header(message, "ce_id")
                .orElseThrow(() -> new IllegalStateException("A message on " + message.topic() + " has no ce_id"));
        return new Publication(type, id, new String(message.value(), UTF_8), message.timestamp());
    }

    private static Optional<String> header(ConsumerRecord<String, byte[]> message, String name) {
        return Optional.ofNullable(message.headers().lastHeader(name)).map(header -> new String(header.value(), UTF_8));
    }
}
