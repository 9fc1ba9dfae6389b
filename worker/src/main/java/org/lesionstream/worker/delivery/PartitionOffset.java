package org.lesionstream.worker.delivery;

import static java.util.Objects.requireNonNull;

/**
 * What may be committed for one partition.
 *
 * @param offset the next offset to read: one past the highest contiguous finished one
 * @param metadata the finished offsets beyond it, in the ledger's own notation
 */
public record PartitionOffset(String topic, int partition, long offset, String metadata) {
    public PartitionOffset {
        requireNonNull(topic, "topic");
        requireNonNull(metadata, "metadata");
        if (partition < 0) {
            throw new IllegalArgumentException("partition must not be negative, was " + partition);
        }
        if (offset < 0) {
            throw new IllegalArgumentException("offset must not be negative, was " + offset);
        }
    }
}
