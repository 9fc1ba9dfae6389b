package org.lesionstream.worker.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.message.DeadLetter;
import org.lesionstream.schemas.message.DeadLetterSource;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.broker.BrokerAccess;
import org.lesionstream.worker.delivery.Delivery;
import org.lesionstream.worker.delivery.Envelope;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.JobRegistration;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.delivery.Position;
import org.lesionstream.worker.persist.DeadLetterDetails;
import org.lesionstream.worker.persist.DeadLetterFilter;
import org.lesionstream.worker.persist.DeadLetterQueries;
import org.lesionstream.worker.persist.DeadLetterReplays;
import org.lesionstream.worker.persist.PostgresResultStore;
import org.lesionstream.worker.persist.RegistrationRequest;
import org.lesionstream.worker.publish.JobSubmitter;
import org.lesionstream.worker.publish.SourceMessages;
import org.lesionstream.worker.testing.KafkaTopics;
import org.lesionstream.worker.testing.SampleJob;
import org.lesionstream.worker.testing.TestDatabase;

/** What a replay puts on a real broker, and what a real database knows of it. */
class DeadLetterReplayerIT {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final ReplayOrder PREVIEW = new ReplayOrder(false, false, "test", 1000);
    private static final ReplayOrder SEND = new ReplayOrder(true, false, "test", 1000);

    private static LocalBroker broker;
    private static TestDatabase database;

    private final MessageCodec codec = new MessageCodec();
    private final List<ReplayLine> lines = new ArrayList<>();
    private KafkaTopics topics;
    private JobSubmitter submitter;
    private PostgresResultStore store;
    private DeadLetterReplayer replayer;

    @BeforeAll
    static void start(@TempDir Path folder) {
        broker = LocalBroker.start(folder);
        database = TestDatabase.start();
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
        broker.close();
    }

    @BeforeEach
    void open() throws SQLException {
        database.empty();
        topics = new KafkaTopics(broker.bootstrapServers(), 1);
        submitter = new JobSubmitter(topics.settings(), codec, InstantSource.system());
        store = new PostgresResultStore(database.source(), codec);
        replayer = new DeadLetterReplayer(
                new DeadLetterQueries(database.source()),
                new DeadLetterReplays(database.source()),
                () -> new SourceMessages(BrokerAccess.open(broker.bootstrapServers()), InstantSource.system()),
                submitter,
                codec,
                topics.names(),
                InstantSource.system());
    }

    @AfterEach
    void release() {
        submitter.close();
        topics.close();
    }

    @Test
    void writesAJobThatItsLetterHoldsAnew() throws Exception {
        ImageJob job = job("1", "{\"uri\":\"file:///images/1.png\"}");
        byte[] sent = "the text as it was sent".getBytes(UTF_8); // gone since: it is not needed
        bury(new Position(topics.names().backfill(), 0, 0), sent, Optional.of(job), FailureCode.SOURCE_NOT_FOUND);

        replay(DeadLetterFilter.ALL, SEND);

        assertThat(lines)
                .extracting(ReplayLine::jobId, ReplayLine::way, ReplayLine::replay)
                .containsExactly(tuple("1", Optional.of(ReplayWay.FROM_LETTER), Optional.of(1)));
        ConsumerRecord<byte[], byte[]> message =
                topics.committed(topics.names().backfill()).get(0);
        assertThat(codec.readJob(message.value())).isEqualTo(job);
        assertThat(message.key()).asString(UTF_8).isEqualTo("case-1");
        assertThat(registration(job)).isEqualTo(new JobRegistration(false, Optional.empty(), 1));
        assertThat(details("1").earlier())
                .extracting(earlier -> earlier.published().orElseThrow())
                .containsExactly(new Position(topics.names().backfill(), 0, message.offset()));
    }

    @Test
    void sendsInlinePixelsByteForByteWithTheirTrace() throws Exception {
        ImageJob job = job("1", "{\"inline\":\"AAAA\"}");
        byte[] value = (" " + new String(codec.write(job), UTF_8)).getBytes(UTF_8); // not as we would write it
        Position position = send("a key".getBytes(UTF_8), value);
        bury(position, value, Optional.of(job), FailureCode.UNSUPPORTED_FORMAT);

        replay(DeadLetterFilter.of(List.of("1")), SEND);

        List<ConsumerRecord<byte[], byte[]>> messages =
                topics.committed(topics.names().urgent());
        assertThat(messages).hasSize(2);
        assertThat(messages.get(1).value()).isEqualTo(value);
        assertThat(messages.get(1).key()).isEqualTo(messages.get(0).key());
        assertThat(messages.get(1).headers()).isEqualTo(messages.get(0).headers());
        assertThat(details("1").earlier().get(0).traceParent()).contains(TRACE);
    }

    @Test
    void sendsWhatCouldNotBeReadAsItIsAndOnlyOnce() throws Exception {
        byte[] value = {'{', (byte) 0xff, 0};
        Position position = send(new byte[] {(byte) 0xfe}, value);
        JobOutcome.DeadLettered unreadable = bury(position, value, Optional.empty(), FailureCode.INVALID_JSON);

        replay(DeadLetterFilter.of(List.of(unreadable.jobId())), SEND);
        replay(DeadLetterFilter.of(List.of(unreadable.jobId())), new ReplayOrder(true, true, "test", 10));

        assertThat(lines)
                .extracting(ReplayLine::refusal)
                .containsExactly(Optional.empty(), Optional.of(ReplayRefusal.SENT_AGAIN));
        assertThat(topics.committed(topics.names().urgent()))
                .hasSize(2)
                .allSatisfy(message -> assertThat(message.value()).isEqualTo(value))
                .allSatisfy(message -> assertThat(message.key()).isEqualTo(new byte[] {(byte) 0xfe}));
    }

    @Test
    void refusesWhatItsTopicNoLongerHolds() throws Exception {
        ImageJob job = job("1", "{\"inline\":\"AAAA\"}");
        byte[] value = codec.write(job);
        Position position = send(new byte[0], value);
        bury(position, value, Optional.of(job), FailureCode.IMAGE_DAMAGED);
        dropTo(1);

        replay(DeadLetterFilter.ALL, PREVIEW);
        replay(DeadLetterFilter.ALL, SEND);

        assertThat(lines)
                .extracting(ReplayLine::refusal)
                .containsExactly(Optional.of(ReplayRefusal.SOURCE_GONE), Optional.of(ReplayRefusal.SOURCE_GONE));
        assertThat(registration(job).done()).as("nothing was asked for").isTrue();
    }

    @Test
    void refusesAnotherMessageThatStandsAtThePosition() throws Exception {
        ImageJob job = job("1", "{\"inline\":\"AAAA\"}");
        Position position = send(new byte[0], "another".getBytes(UTF_8));
        bury(position, codec.write(job), Optional.of(job), FailureCode.IMAGE_DAMAGED);

        replay(DeadLetterFilter.ALL, SEND);

        assertThat(lines).extracting(ReplayLine::refusal).containsExactly(Optional.of(ReplayRefusal.SOURCE_DIFFERS));
        assertThat(topics.committed(topics.names().urgent())).hasSize(1);
    }

    @Test
    void sendsNothingUnlessToldTo() {
        ImageJob job = job("1", "{\"uri\":\"file:///images/1.png\"}");
        bury(new Position(topics.names().urgent(), 0, 0), new byte[1], Optional.of(job), FailureCode.SOURCE_NOT_FOUND);

        replay(DeadLetterFilter.ALL, PREVIEW);

        assertThat(lines)
                .extracting(ReplayLine::replay, ReplayLine::position)
                .containsExactly(tuple(Optional.of(1), Optional.empty()));
        assertThat(topics.committed(topics.names().urgent())).isEmpty();
        assertThat(registration(job).done()).isTrue();
    }

    @Test
    void saysWhyAnIdCannotBeReplayed() {
        ImageJob job = job("1", "{\"uri\":\"file:///images/1.png\"}");
        bury(new Position(topics.names().urgent(), 0, 0), new byte[1], Optional.of(job), FailureCode.SOURCE_NOT_FOUND);
        store.save(List.of(SampleJob.aJob("2").segmented(1)));
        DeadLetterFilter choice = DeadLetterFilter.of(List.of("1", "2", "nobody"));

        replay(choice, SEND);
        replay(choice, SEND);

        assertThat(lines)
                .extracting(ReplayLine::jobId, ReplayLine::refusal)
                .containsExactly(
                        tuple("1", Optional.empty()),
                        tuple("2", Optional.of(ReplayRefusal.SEGMENTED)),
                        tuple("nobody", Optional.of(ReplayRefusal.UNKNOWN)),
                        tuple("1", Optional.of(ReplayRefusal.UNDER_WAY)),
                        tuple("2", Optional.of(ReplayRefusal.SEGMENTED)),
                        tuple("nobody", Optional.of(ReplayRefusal.UNKNOWN)));
        assertThat(topics.committed(topics.names().urgent())).hasSize(1);
    }

    @Test
    void goesThroughPagesUpToTheLimit() {
        for (int number = 0; number < 230; number++) {
            bury(
                    new Position(topics.names().urgent(), 0, number),
                    new byte[1],
                    Optional.of(job("j-" + number, "{\"uri\":\"file:///images/1.png\"}")),
                    FailureCode.SOURCE_NOT_FOUND);
        }

        assertThat(replayer.replay(DeadLetterFilter.ALL, new ReplayOrder(true, false, "test", 205), lines::add))
                .as("there are more")
                .isTrue();
        assertThat(lines).hasSize(205).allMatch(line -> line.refusal().isEmpty());
        lines.clear();
        assertThat(replayer.replay(DeadLetterFilter.ALL, new ReplayOrder(true, false, "test", 230), lines::add))
                .isFalse();
        assertThat(lines.stream().filter(line -> line.refusal().isEmpty())).hasSize(25);
        assertThat(topics.committed(topics.names().urgent())).hasSize(230);
    }

    private void replay(DeadLetterFilter choice, ReplayOrder order) {
        replayer.replay(choice, order, lines::add);
    }

    private DeadLetterDetails details(String id) {
        return new DeadLetterQueries(database.source()).details(id).orElseThrow();
    }

    private JobRegistration registration(ImageJob job) {
        return store.register(List.of(new RegistrationRequest(job, Optional.empty())))
                .get(0);
    }

    /** Stores the dead letter of a message. */
    private JobOutcome.DeadLettered bury(Position position, byte[] value, Optional<ImageJob> job, FailureCode code) {
        Envelope envelope = new Envelope(position, Lane.URGENT, 1, 0, Optional.empty(), value.length, Digest.of(value));
        DeadLetterSource source = new DeadLetterSource(
                position.topic(), position.partition(), position.offset(), value.length, Digest.of(value));
        JobOutcome.DeadLettered outcome = new JobOutcome.DeadLettered(
                envelope,
                job.map(known -> new Delivery(envelope, known, new JobRegistration(false, Optional.empty(), 0))),
                new DeadLetter(job, source, code, "", 1));
        store.save(List.of(outcome));
        return outcome;
    }

    private ImageJob job(String id, String image) {
        return codec.readJob("""
                {"jobId":"%s","case":{"id":"case-%s","image":1,"images":1},"image":%s,"checkpoint":"lesion@production"}""".formatted(id, id, image).getBytes(UTF_8));
    }

    private Position send(byte[] key, byte[] value) throws InterruptedException, ExecutionException {
        Map<String, Object> properties = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> message =
                    new ProducerRecord<>(topics.names().urgent(), key, value);
            message.headers().add("traceparent", TRACE.getBytes(UTF_8)).add("of-the-sender", null);
            RecordMetadata stored = producer.send(message).get();
            return new Position(stored.topic(), stored.partition(), stored.offset());
        }
    }

    private void dropTo(long offset) throws InterruptedException, ExecutionException {
        Map<String, Object> properties = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        try (Admin admin = Admin.create(properties)) {
            admin.deleteRecords(Map.of(
                            new TopicPartition(topics.names().urgent(), 0), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }
}
