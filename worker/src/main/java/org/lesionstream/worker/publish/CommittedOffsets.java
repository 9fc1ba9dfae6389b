package org.lesionstream.worker.publish;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.lesionstream.worker.broker.BrokerAccess;
import org.lesionstream.worker.delivery.OffsetSnapshot;

/**
 * Asks the group coordinator whether offsets were committed, when the answer to a commit was lost.
 *
 * <p>Offset and metadata together tell which messages are finished, and every transaction finishes at least one more on each
 * of its partitions. So if one partition stands exactly where the transaction put it, that transaction was committed.
 */
final class CommittedOffsets {
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final BrokerAccess broker;

    CommittedOffsets(BrokerAccess broker) {
        this.broker = broker;
    }

    /** @throws org.apache.kafka.common.KafkaException if the coordinator did not answer */
    boolean contain(OffsetSnapshot snapshot) {
        Map<TopicPartition, OffsetAndMetadata> committed = read(snapshot.groupId());
        return snapshot.offsets().stream().anyMatch(sent -> {
            OffsetAndMetadata found = committed.get(new TopicPartition(sent.topic(), sent.partition()));
            return found != null
                    && found.offset() == sent.offset()
                    && found.metadata().equals(sent.metadata());
        });
    }

    private Map<TopicPartition, OffsetAndMetadata> read(String group) {
        try (Admin admin = Admin.create(broker.properties())) {
            return admin.listConsumerGroupOffsets(group, new ListConsumerGroupOffsetsOptions().requireStable(true))
                    .partitionsToOffsetAndMetadata(group)
                    .get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new org.apache.kafka.common.KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException("The committed offsets were not told in time", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
