package org.lesionstream.local.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Whether the fleet has committed everything that it was sent. */
final class Offsets {

    private static final String GROUP = "lesionstream-worker";

    private Offsets() {}

    /** Every partition of a job topic whose committed offset is not its end, in words. */
    static List<String> open(String bootstrapServers) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, OffsetSpec> asked = admin
                    .describeTopics(List.of("image-jobs", "image-jobs-backfill"))
                    .allTopicNames()
                    .get()
                    .values()
                    .stream()
                    .flatMap(topic ->
                            topic.partitions().stream().map(info -> new TopicPartition(topic.name(), info.partition())))
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            List<String> open = new ArrayList<>();
            admin.listOffsets(asked).all().get().forEach((partition, end) -> {
                OffsetAndMetadata known = committed.get(partition);
                long offset = known == null ? 0 : known.offset();
                if (offset != end.offset()) {
                    open.add(partition + " is committed to " + offset + " and ends at " + end.offset());
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
}
