package org.lesionstream.worker.testing;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.broker.BrokerAccess;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.publish.JobSubmitter;
import org.lesionstream.worker.publish.PublisherSettings;
import org.lesionstream.worker.publish.ShareGroupPlan;
import org.lesionstream.worker.publish.TopicNames;
import org.lesionstream.worker.publish.TopicPlan;

/** A set of topics of its own on a running broker: puts jobs in, reads what was committed out. */
public final class KafkaTopics implements AutoCloseable {
    private static final int MAX_MESSAGE_BYTES = 1 << 20;

    private final String bootstrapServers;
    private final TopicNames names;
    private final JobSubmitter submitter;

    /** Makes the topics, all with this many partitions. */
    public KafkaTopics(String bootstrapServers, int partitions) {
        String prefix = "t" + Long.toHexString(ThreadLocalRandom.current().nextLong()) + "-";
        this.bootstrapServers = bootstrapServers;
        this.names = new TopicNames(
                prefix + "urgent", prefix + "backfill", prefix + "results", prefix + "cases", prefix + "dead");
        this.submitter = new JobSubmitter(settings(), new MessageCodec(), InstantSource.fixed(Instant.EPOCH));
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            new TopicPlan(names, partitions, (short) 1, Duration.ofHours(1), MAX_MESSAGE_BYTES).createAbsent(admin);
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public TopicNames names() {
        return names;
    }

    /** Name of a consumer group of these topics alone. */
    public String group() {
        return names.urgent() + "-group";
    }

    /** Makes the group a share group whose locks are shorter than those of production. */
    public void beginShareGroup(Duration lock) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group());
        AlterConfigOp shorter = new AlterConfigOp(
                new ConfigEntry("share.record.lock.duration.ms", String.valueOf(lock.toMillis())),
                AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            new ShareGroupPlan(group()).apply(admin).ifPresent(why -> {
                throw new AssertionError(why);
            });
            admin.incrementalAlterConfigs(Map.of(resource, List.of(shorter)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("the broker keeps no lock time", e);
        }
    }

    /** Whether the share group has acknowledged every job of a lane, on the first partition. */
    public boolean allAccepted(Lane lane) {
        TopicPartition partition = new TopicPartition(lane == Lane.URGENT ? names.urgent() : names.backfill(), 0);
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            SharePartitionOffsetInfo known = admin.listShareGroupOffsets(
                            Map.of(group(), new ListShareGroupOffsetsSpec().topicPartitions(List.of(partition))))
                    .partitionsToOffsetInfo(group())
                    .get()
                    .get(partition);
            return known != null && known.lag().equals(Optional.of(0L));
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("the broker does not tell the offsets of the share group", e);
        }
    }

    /** Settings of a publisher with a transactional id of its own. */
    public PublisherSettings settings() {
        String id = PublisherSettings.transactionalId(
                group(), "test", ThreadLocalRandom.current().nextLong());
        return new PublisherSettings(
                BrokerAccess.open(bootstrapServers), id, names, URI.create("/lesionstream/test"), MAX_MESSAGE_BYTES);
    }

    /** Submits jobs {@code j-<from>} to {@code j-<to - 1>}, each a case of its own. */
    public void submit(Lane lane, int from, int to) {
        for (int i = from; i < to; i++) {
            submitter.submit(job("j-" + i), lane, Optional.empty());
        }
    }

    /** A valid job whose image nobody fetches. */
    public static ImageJob job(String id) {
        String json = """
                {"jobId":"%s","case":{"id":"case-%s","image":1,"images":1},
                 "image":{"uri":"file:///none.png"},"checkpoint":"lesion@production"}""".formatted(id, id);
        return new MessageCodec().readJob(json.getBytes(StandardCharsets.UTF_8));
    }

    /** All committed messages of a topic at this moment, each partition in its order. */
    public List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
        Map<String, Object> properties = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(50)).forEach(messages::add);
            }
            return messages;
        }
    }

    @Override
    public void close() {
        submitter.close();
    }
}
