package org.lesionstream.worker.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.jboss.logging.Logger;
import org.lesionstream.worker.telemetry.WorkerMetric;
import org.lesionstream.worker.telemetry.WorkerMetrics;

/**
 * Opens and ends the ledger's assignments as partitions come and go.
 *
 * <p>A new partition stays paused until what the group committed for it is read, which waits for transactions of its former
 * owner that are still open. That happens between two polls and not within the listener, so that a slow answer never
 * holds up the rebalance of the others. Confined to the intake thread, on which Kafka also calls the listener.
 */
final class PartitionClaims implements ConsumerRebalanceListener {
    private static final Logger LOG = Logger.getLogger(PartitionClaims.class);
    private static final Duration COMMITTED_WAIT = Duration.ofSeconds(1);

    private final Consumer<?, ?> consumer;
    private final OffsetLedger ledger;
    private final WorkerMetrics metrics;
    private final Set<TopicPartition> unclaimed = new HashSet<>();

    PartitionClaims(Consumer<?, ?> consumer, OffsetLedger ledger, WorkerMetrics metrics) {
        this.consumer = consumer;
        this.ledger = ledger;
        this.metrics = metrics;
    }

    /** Whether messages of the partition may be taken. */
    boolean claimed(TopicPartition partition) {
        return !unclaimed.contains(partition);
    }

    /** Tries to read what is committed for the new partitions; what cannot be read yet stays for the next call. */
    void claim() {
        if (unclaimed.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> committed;
        try {
            committed = consumer.committed(Set.copyOf(unclaimed), COMMITTED_WAIT);
        } catch (ApiException e) { // no answer in time, or the group has to be joined anew first
            LOG.warnf("The committed offsets of %d partitions cannot be read yet; trying again", unclaimed.size());
            return;
        }
        committed.forEach(this::claim);
    }

    private void claim(TopicPartition partition, OffsetAndMetadata committed) {
        if (!unclaimed.remove(partition)) {
            return; // revoked while the answer was on its way
        }
        long offset = committed == null ? 0 : committed.offset();
        String metadata = committed == null ? "" : committed.metadata();
        try {
            ledger.assign(partition.topic(), partition.partition(), offset, metadata);
        } catch (IllegalArgumentException foreign) {
            LOG.warnf("The metadata that is committed for %s is not ours and is ignored", partition);
            ledger.assign(partition.topic(), partition.partition(), offset, "");
        }
        LOG.infof("Took over %s from offset %d", partition, offset);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        consumer.pause(partitions);
        unclaimed.addAll(partitions);
        metrics.count(WorkerMetric.REBALANCES, partitions.size(), "assigned");
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        end(partitions, "revoked");
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        end(partitions, "lost");
    }

    private void end(Collection<TopicPartition> partitions, String event) {
        for (TopicPartition partition : partitions) {
            unclaimed.remove(partition);
            ledger.revoke(partition.topic(), partition.partition());
            LOG.infof("%s was %s; what is open of it is left to its next owner", partition, event);
        }
        metrics.count(WorkerMetric.REBALANCES, partitions.size(), event);
    }
}
