package org.lesionstream.worker.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.lesionstream.worker.publish.CloudEventHeaders;

/** Reads all that a worker publishes, by {@code ce_id}, as a reader of committed messages sees it. One thread. */
public final class Answers implements AutoCloseable {
    private static final List<String> TOPICS =
            List.of("segmentation-results", "case-results", "image-jobs-dead-letter");

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<String, String> producer;
    private final Map<String, List<byte[]>> byId = new LinkedHashMap<>();
    private final Map<String, String> traceParents = new HashMap<>();

    /** The topics must exist. */
    public Answers(String bootstrapServers) {
        consumer = new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class));
        producer = new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class));
        List<TopicPartition> partitions = TOPICS.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Sends a message as it is, without any header. */
    public void send(String topic, String key, String value) throws Exception {
        producer.send(new ProducerRecord<>(topic, key, value)).get();
    }

    /** Sends a message with this trace context. */
    public void send(String topic, String key, String value, String traceParent) throws Exception {
        ProducerRecord<String, String> message = new ProducerRecord<>(topic, key, value);
        message.headers().add("traceparent", traceParent.getBytes(StandardCharsets.UTF_8));
        producer.send(message).get();
    }

    /** The first answer of that id, waiting for it. */
    public byte[] await(String id, Duration limit) {
        return await("an answer " + id, limit, () -> copies(id).stream().findFirst());
    }

    /** The first answer whose id matches, waiting for it. */
    public byte[] awaitMatching(String regex, Duration limit) {
        return await("an answer like " + regex, limit, () -> byId.keySet().stream()
                .filter(id -> id.matches(regex))
                .findFirst()
                .map(id -> copies(id).get(0)));
    }

    /** Waits until an answer has come so often. */
    public void awaitCopies(String id, int copies, Duration limit) {
        await(copies + " copies of " + id, limit, () -> copies(id).stream()
                .skip(copies - 1L)
                .findFirst());
    }

    /** What has come under that id so far, in order. */
    public List<byte[]> copies(String id) {
        return byId.getOrDefault(id, List.of());
    }

    /** The trace context of the last answer of that id, which has come. */
    public String traceParent(String id) {
        return traceParents.get(id);
    }

    /** Reads what has come since, waiting a moment for something, and returns the ids of all that came so far. */
    public Set<String> read() {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(200))) {
            CloudEventHeaders headers =
                    CloudEventHeaders.read(message.headers()).orElseThrow();
            headers.traceParent().ifPresent(context -> traceParents.put(headers.id(), context));
            byId.computeIfAbsent(headers.id(), id -> new ArrayList<>()).add(message.value());
        }
        return Set.copyOf(byId.keySet());
    }

    private byte[] await(String what, Duration limit, Supplier<Optional<byte[]>> found) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<byte[]> answer = found.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            read();
        }
        throw new AssertionError("No " + what + " within " + limit + "; came: " + byId.keySet());
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
