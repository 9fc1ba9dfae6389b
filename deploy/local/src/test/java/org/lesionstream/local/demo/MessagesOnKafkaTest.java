package org.lesionstream.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.local.traffic.AnswerReader;
import org.lesionstream.local.traffic.JobLane;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.message.MessageType;

/** The demo's two ends of the wire, on a real broker. */
class MessagesOnKafkaTest {

    private static final MessageCodec CODEC = new MessageCodec();

    @TempDir
    private static Path folder;

    private static LocalBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = LocalBroker.start(folder.resolve("kafka"));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(Stream.of(
                                    "image-jobs",
                                    "image-jobs-backfill",
                                    "segmentation-results",
                                    "case-results",
                                    "image-jobs-dead-letter")
                            .map(name -> new NewTopic(name, Optional.of(2), Optional.empty()))
                            .toList())
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void everyJobGoesOutOnItsLaneByTheContract() throws Exception {
        Picture picture = Examples.picture(folder, "picture");
        List<PlannedJob> plan = JobPlan.of(List.of(picture), 24, 3);
        BadPictures bad = BadPictures.write(folder.resolve("bad"), PictureFile.read(picture.image()));
        Submission submission = new JobSubmitter(
                        broker.bootstrapServers(),
                        CheckpointReference.parse("lesion@production"),
                        Optional.empty(),
                        Optional.of(bad),
                        Clock.systemUTC())
                .submit(plan);

        int unreadable = 0;
        for (ConsumerRecord<String, byte[]> message : messages("image-jobs", "image-jobs-backfill")) {
            String place = Submission.unreadable(message.topic(), message.partition(), message.offset());
            if (submission.jobs().containsKey(place)) {
                unreadable++;
                continue;
            }
            ImageJob job = CODEC.readJob(message.value());
            PlannedJob planned = submission.jobs().get(job.jobId());
            assertThat(message.topic()).isEqualTo(planned.lane().topic());
            assertThat(message.key()).isEqualTo(planned.caseId());
            assertThat(header(message, "ce_id")).isEqualTo(job.jobId());
            assertThat(header(message, "ce_type")).isEqualTo("org.lesionstream.image-job.v1");
            assertThat(job.image().inline().isPresent()).isEqualTo(planned.kind() == JobKind.INLINE);
            if (job.image().uri().isPresent()) {
                assertThat(Files.exists(Path.of(job.image().uri().get()))).isTrue();
            }
        }
        assertThat(unreadable).isEqualTo(1);
        assertThat(submission.jobs()).hasSize(24);
        assertThat(submission.sentAtMillis().keySet())
                .isEqualTo(submission.jobs().keySet());
    }

    @Test
    void onlyCommittedAnswersAreReadAndEachIsToldByItsType() throws Exception {
        PlannedJob job = new PlannedJob(
                "j-1", "c-1", 1, 1, JobLane.URGENT, JobKind.FILE, new Picture("p", Path.of("/p"), Path.of("/m")));
        Answers answers = new Answers(Examples.submission(List.of(job)));
        publish(false, Examples.result(job, 5));
        publish(true, Examples.result(job, 2), Examples.caseResult(job, 2));

        try (AnswerReader reader = new AnswerReader(broker.bootstrapServers())) {
            reader.readToEnd(answers);
        }

        assertThat(answers.tally().complete()).isTrue();
        assertThat(answers.tally().duplicates()).isZero();
        assertThat(answers.results())
                .singleElement()
                .satisfies(result -> assertThat(result.message().lesionCount()).isEqualTo(2));
    }

    private static void publish(boolean commit, Object... answers) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "answering");
        try (Producer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Object answer : answers) {
                MessageType type = MessageType.of(answer);
                String topic = type == MessageType.CASE_RESULT ? "case-results" : "segmentation-results";
                ProducerRecord<String, byte[]> message = new ProducerRecord<>(topic, "c-1", CODEC.write(answer));
                message.headers().add("ce_type", type.ceType().getBytes(UTF_8));
                message.headers().add("ce_id", "j-1#0".getBytes(UTF_8));
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
    }

    private static List<ConsumerRecord<String, byte[]>> messages(String... topics) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest");
        List<ConsumerRecord<String, byte[]>> messages = new ArrayList<>();
        try (Consumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(Stream.of(topics)
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList());
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(messages::add);
            }
        }
        return messages;
    }

    private static String header(ConsumerRecord<String, byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), UTF_8);
    }
}
