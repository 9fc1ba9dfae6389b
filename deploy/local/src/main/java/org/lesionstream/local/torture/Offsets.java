package org.lesionstream.local.torture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Whether the fleet has taken note of everything that it was sent. */
final class Offsets {

    private static final String GROUP = "lesionstream-worker";
    private static final List<String> TOPICS = List.of("image-jobs", "image-jobs-backfill");

    private Offsets() {}

    /** Every partition of a job topic where the fleet has not reached the end, in words. */
    static List<String> open(String bootstrapServers, Intake intake) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Map<TopicPartition, OffsetSpec> asked = admin.describeTopics(TOPICS).allTopicNames().get().values().stream()
                    .flatMap(topic ->
                            topic.partitions().stream().map(info -> new TopicPartition(topic.name(), info.partition())))
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(asked).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
            return switch (intake) {
                case CONSUMER_GROUP -> uncommitted(admin, ends);
                case SHARE_GROUP -> unacknowledged(admin, ends);
            };
        } catch (ExecutionException failure) {
            throw new IllegalStateException("The broker does not tell its offsets", failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking for offsets", interrupted);
        }
    }

    private static List<String> uncommitted(Admin admin, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(GROUP)
                .partitionsToOffsetAndMetadata()
                .get();
        List<String> open = new ArrayList<>();
        ends.forEach((partition, end) -> {
            OffsetAndMetadata known = committed.get(partition);
            long offset = known == null ? 0 : known.offset();
            if (offset != end) {
                open.add(partition + " is committed to " + offset + " and ends at " + end);
            }
        });
        return open;
    }

    /** By what the broker counts: the offset at which a share group begins is stored with the next acknowledgement only. */
    private static List<String> unacknowledged(Admin admin, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, SharePartitionOffsetInfo> known = admin.listShareGroupOffsets(
                        Map.of(GROUP, new ListShareGroupOffsetsSpec()))
                .partitionsToOffsetInfo(GROUP)
                .get();
        List<String> open = new ArrayList<>();
        ends.forEach((partition, end) -> {
            long waiting = Optional.ofNullable(known.get(partition))
                    .flatMap(SharePartitionOffsetInfo::lag)
                    .orElse(end);
            if (waiting != 0) {
                open.add(partition + " ends at " + end + ", and " + waiting + " messages are not acknowledged");
            }
        });
        return open;
    }
}
