package org.lesionstream.worker.delivery;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;

/**
 * The intake's leave to publish: offsets that already count the finished messages, and which of those messages are
 * still this worker's to answer. A message whose partition moved away is answered by the partition's new owner.
 *
 * @param snapshot to be committed with the answers; empty where messages are acknowledged one by one after the publication
 */
public record CommitTicket(Optional<OffsetSnapshot> snapshot, Set<Position> owned) {
    public CommitTicket {
        requireNonNull(snapshot, "snapshot");
        owned = Set.copyOf(owned);
    }
}
