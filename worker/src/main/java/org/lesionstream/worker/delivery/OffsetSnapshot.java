package org.lesionstream.worker.delivery;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The intake's ledger at one moment, as plain values, so that the publisher can commit what the intake owns.
 *
 * @param memberId the consumer's name in its group; with the generation it fences a worker that lost its partitions
 */
public record OffsetSnapshot(List<PartitionOffset> offsets, String groupId, String memberId, int generation) {
    public OffsetSnapshot {
        offsets = List.copyOf(offsets);
        requireNonNull(groupId, "groupId");
        requireNonNull(memberId, "memberId");
    }
}
