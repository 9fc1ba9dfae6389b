package org.lesionstream.worker.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.message.MessageType;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.intake.IntakeLimits;
import org.lesionstream.worker.publish.CloudEventHeaders;
import org.lesionstream.worker.publish.TopicNames;
import org.lesionstream.worker.testing.DeliveringWorker;
import org.lesionstream.worker.testing.KafkaTopics;
import picocli.CommandLine;

class KafkaCommandsIT {
    private static LocalBroker broker;

    @BeforeAll
    static void start(@TempDir Path folder) {
        broker = LocalBroker.start(folder);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private record Run(int status, String out, String err) {}

    @Test
    void tellsTheBrokerHowSoonTheWorkOfASilentWorkerGoesToOthers() throws Exception {
        Run run = run(new TopicsCommand(), "--group", "fleet", "--session-timeout", "8s");

        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, "fleet");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Config config = admin.describeConfigs(List.of(group)).all().get().get(group);
            assertThat(config.get("consumer.session.timeout.ms").value()).isEqualTo("8000");
            assertThat(config.get("consumer.heartbeat.interval.ms").value()).isEqualTo("1600");
        }
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void saysWhatTheBrokerMustAllow() {
        Run run = run(new TopicsCommand(), "--group", "fleet", "--session-timeout", "2h");

        assertThat(run.status()).isZero();
        assertThat(run.err()).contains("group.consumer.min.session.timeout.ms");
    }

    @Test
    void makesAShareGroupWhatTheWorkersNeed() throws Exception {
        Run run;
        try (KafkaTopics topics = new KafkaTopics(broker.bootstrapServers(), 1)) {
            run = run(
                    new TopicsCommand(),
                    named(topics, "--group", "sharing", "--group-kind", "share-group", "--session-timeout", "8s"));
        }

        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, "sharing");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Config config = admin.describeConfigs(List.of(group)).all().get().get(group);
            assertThat(config.get("share.auto.offset.reset").value()).isEqualTo("earliest");
            assertThat(config.get("share.isolation.level").value()).isEqualTo("read_committed");
            assertThat(config.get("share.delivery.count.limit").value()).isEqualTo("10");
            assertThat(config.get("share.record.lock.duration.ms").value()).isEqualTo("30000");
            assertThat(config.get("share.session.timeout.ms").value()).isEqualTo("8000");
        }
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void doesNotMakeAShareGroupOfAConsumerGroup() throws Exception {
        try (KafkaTopics topics = new KafkaTopics(broker.bootstrapServers(), 1);
                DeliveringWorker worker = new DeliveringWorker(topics, "consumer", new IntakeLimits(8, 8, 1 << 20))) {
            topics.submit(Lane.URGENT, 0, 1);
            worker.turnUntil(() -> !worker.unfinished().isEmpty());

            Run run = run(new TopicsCommand(), named(topics, "--group", topics.group(), "--group-kind", "share-group"));

            assertThat(run.status()).isNotZero();
            assertThat(run.err()).contains(topics.group() + " is no share group");
        }
    }

    @Test
    void refusesAKindOfGroupThatThereIsNot() {
        assertThat(run(new TopicsCommand(), "--group-kind", "stream").err())
                .contains("neither consumer-group nor share-group");
    }

    @Test
    void createsTopicsOnceAndLeavesThemAsTheyAre() throws IOException {
        Run first = run(new TopicsCommand(), "--partitions", "3", "--retention", "2d", "--json");
        Run second = run(new TopicsCommand(), "--partitions", "5", "--json");
        assertThat(first.status()).isZero();
        assertThat(second.status()).isZero();
        for (JsonNode topic : new ObjectMapper().readTree(first.out()).get("topics")) {
            assertThat(topic.get("created").asBoolean()).isTrue();
            assertThat(topic.get("partitions").asInt()).isEqualTo(3);
            assertThat(topic.get("retentionMillis").asLong()).isEqualTo(172_800_000);
            assertThat(topic.get("maxMessageBytes").asInt()).isEqualTo(8_388_608);
        }
        JsonNode again = new ObjectMapper().readTree(second.out()).get("topics");
        assertThat(again).hasSize(5).allSatisfy(topic -> {
            assertThat(topic.get("created").asBoolean()).isFalse();
            assertThat(topic.get("partitions").asInt()).isEqualTo(3);
        });
        assertThat(run(new TopicsCommand(), "--describe").out()).contains("image-jobs-dead-letter");
    }

    @Test
    void describingCreatesNothing() {
        Run run = run(new TopicsCommand(), "--describe", "--urgent", "absent", "--json");
        assertThat(run.status()).isNotZero();
        assertThat(run.out()).doesNotContain("absent");
    }

    @Test
    void followsEachAnswerOnceHoweverOftenItWasPublished() throws IOException {
        try (KafkaTopics topics = new KafkaTopics(broker.bootstrapServers(), 2)) {
            TopicNames names = topics.names();
            publish(names.results(), MessageType.SEGMENTATION_RESULT, "a#0", "segmentation-result.v1/two-lesions");
            publish(names.results(), MessageType.SEGMENTATION_RESULT, "a#0", "segmentation-result.v1/two-lesions");
            publish(names.caseResults(), MessageType.CASE_RESULT, "c#1", "case-result.v1/complete");
            publish(names.deadLetter(), MessageType.DEAD_LETTER, "d#0", "dead-letter.v1/damaged-image");
            Run three = run(new FollowCommand(), follow(names, "--count", "3", "--timeout", "60s"));
            assertThat(three.status()).isZero();
            assertThat(three.out().lines().map(line -> line.substring(0, line.indexOf(' '))))
                    .containsExactlyInAnyOrder("result", "case", "dead-letter");
            Run four = run(new FollowCommand(), follow(names, "--count", "4", "--timeout", "2s", "--json"));
            assertThat(four.status()).isNotZero();
            assertThat(four.out().lines()).hasSize(3).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        }
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(new CommandLine(new FollowCommand()).getUsageMessage()).contains("--from-beginning");
        Run absent = run(new FollowCommand(), "--results", "no-such-topic");
        assertThat(absent.status()).isNotZero();
        assertThat(absent.err()).contains("no-such-topic");
    }

    /** Options that leave the topics of other tests alone. */
    private static String[] named(KafkaTopics topics, String... more) {
        TopicNames names = topics.names();
        List<String> arguments = new ArrayList<>(List.of("--urgent", names.urgent(), "--backfill", names.backfill()));
        arguments.addAll(List.of("--results", names.results(), "--case-results", names.caseResults()));
        arguments.addAll(List.of("--dead-letter", names.deadLetter()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static String[] follow(TopicNames names, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--from-beginning"));
        arguments.addAll(List.of("--results", names.results(), "--case-results", names.caseResults()));
        arguments.addAll(List.of("--dead-letter", names.deadLetter()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static Run run(Callable<Integer> command, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("--bootstrap-servers", broker.bootstrapServers()));
        all.addAll(List.of(arguments));
        int status = new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
        return new Run(status, out.toString(), err.toString());
    }

    private static void publish(String topic, MessageType type, String id, String sample) throws IOException {
        Map<String, Object> properties = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers(),
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        CloudEventHeaders headers =
                new CloudEventHeaders(id, type.ceType(), "/test", Optional.of(Instant.EPOCH), Optional.empty());
        try (InputStream in = MessageCodec.class.getResourceAsStream("/contract/samples/" + sample + ".json");
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties)) {
            ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topic, in.readAllBytes());
            headers.toKafka().forEach(message.headers()::add);
            var sent = producer.send(message);
            producer.flush();
            assertThat(sent).isDone();
        }
    }
}
