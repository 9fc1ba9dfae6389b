package org.lesionstream.local.torture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Whether the fleet has taken note of everything that it was sent. */
final class Offsets {

    private static final String GROUP = "lesionstream-worker";
    private static final List<String> TOPICS = List.of("image-jobs", "image-jobs-backfill");

    private Offsets() {}

    /** Every partition of a job topic where the fleet has not reached the end, in words. */
    static List<String> open(String bootstrapServers, Intake intake) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Map<TopicPartition, Long> reached =
                    switch (intake) {
                        case CONSUMER_GROUP -> committed(admin);
                        case SHARE_GROUP -> started(admin);
                    };
            Map<TopicPartition, OffsetSpec> asked = admin.describeTopics(TOPICS).allTopicNames().get().values().stream()
                    .flatMap(topic ->
                            topic.partitions().stream().map(info -> new TopicPartition(topic.name(), info.partition())))
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            List<String> open = new ArrayList<>();
            admin.listOffsets(asked).all().get().forEach((partition, end) -> {
                long offset = reached.getOrDefault(partition, 0L);
                if (offset != end.offset()) {
                    open.add(partition + " is done up to " + offset + " and ends at " + end.offset());
                }
            });
            return open;
        } catch (ExecutionException failure) {
            throw new IllegalStateException("The broker does not tell its offsets", failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking for offsets", interrupted);
        }
    }

    private static Map<TopicPartition, Long> committed(Admin admin) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listConsumerGroupOffsets(GROUP)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, known) -> {
                    if (known != null) {
                        offsets.put(partition, known.offset());
                    }
                });
        return offsets;
    }

    /** Where the oldest message stands that is not acknowledged. */
    private static Map<TopicPartition, Long> started(Admin admin) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listShareGroupOffsets(Map.of(GROUP, new ListShareGroupOffsetsSpec()))
                .partitionsToOffsetInfo(GROUP)
                .get()
                .forEach((partition, known) -> {
                    if (known != null) {
                        offsets.put(partition, known.startOffset());
                    }
                });
        return offsets;
    }
}
