package org.lesionstream.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void showsCommittedTransactionsOnlyAndKeepsThemOverARestartAtTheSameAddress(@TempDir Path folder) throws Exception {
        try (LocalBroker broker = LocalBroker.start(folder)) {
            String address = broker.bootstrapServers();
            createTopic(address, "notes");
            try (Producer<String, String> producer = producer(address)) {
                producer.initTransactions();
                send(producer, true, "first", "second");
                send(producer, false, "withdrawn");
                send(producer, true, "third");
            }
            assertThat(read(address, 3)).containsExactly("first", "second", "third");

            broker.restart();

            assertThat(broker.bootstrapServers()).isEqualTo(address);
            try (Producer<String, String> producer = producer(address)) {
                producer.initTransactions();
                send(producer, true, "fourth");
            }
            assertThat(read(address, 4)).containsExactly("first", "second", "third", "fourth");
        }
    }

    private static void createTopic(String address, String name) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private static Producer<String, String> producer(String address) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", address, "transactional.id", "writer"),
                new StringSerializer(),
                new StringSerializer());
    }

    private static void send(Producer<String, String> producer, boolean commit, String... notes) throws Exception {
        producer.beginTransaction();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (String note : notes) {
            ProducerRecord<String, String> message = new ProducerRecord<>("notes", note);
            message.headers().add("ce_id", note.getBytes(UTF_8));
            sent.add(producer.send(message));
        }
        for (Future<RecordMetadata> acknowledgement : sent) {
            acknowledgement.get();
        }
        if (commit) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
    }

    /** The committed notes from the beginning, as soon as there are so many. */
    private static List<String> read(String address, int atLeast) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                address,
                "group.id",
                "reader-" + atLeast,
                "group.protocol",
                "consumer",
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed");
        long deadline = System.nanoTime() + LIMIT.toNanos();
        List<String> notes = new ArrayList<>();
        try (Consumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("notes"));
            while (notes.size() < atLeast && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(200))) {
                    notes.add(message.value());
                }
            }
        }
        return notes;
    }
}
