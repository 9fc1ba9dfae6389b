package org.lesionstream.worker.intake;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.lesionstream.worker.delivery.PartitionOffset;
import org.lesionstream.worker.delivery.Position;

/**
 * Which messages are open, which are finished, and what may be committed, over all assigned partitions.
 *
 * <ul>
 *   <li>Work finishes in any order. Committed is the end of the finished run without a hole, and in its metadata the
 *       finished offsets beyond: a restart neither repeats them nor waits for a slow one.
 *   <li>Every assignment of a partition has a number of its own. Work that was polled under an earlier number belongs to
 *       whoever owns the partition now and is ignored here.
 *   <li>Finishing twice is finishing once.
 *   <li>Pure bookkeeping, confined to the intake thread. Memory is bounded by the number of open messages: between two
 *       holes there is one run.
 * </ul>
 */
final class OffsetLedger {
    /**
     * Most characters of the metadata, below the broker's default {@code offset.metadata.max.bytes} of 4096. {@link
     * IntakeLimits} keeps so few messages open that their runs fit.
     */
    static final int MAX_METADATA = 4000;

    private record Partition(String topic, int number) {}

    private final Map<Partition, PartitionLedger> partitions = new HashMap<>();
    private long assignments;

    /**
     * The partition is ours from here on.
     *
     * @param committed offset that the group committed, or 0 if none
     * @param metadata that was committed with it
     * @return the number of this assignment
     * @throws IllegalArgumentException if the metadata is not in the ledger's notation; nothing has changed then
     */
    long assign(String topic, int partition, long committed, String metadata) {
        FinishedOffsets finished = FinishedOffsets.decode(committed, metadata);
        return start(new Partition(topic, partition), committed, finished);
    }

    /** The partition is not ours any more. */
    void revoke(String topic, int partition) {
        partitions.remove(new Partition(topic, partition));
    }

    /**
     * A record was polled. Offsets of a partition grow from poll to poll; a lower one than before means that the log was
     * cut or made anew, so that what is known of it is void, and a new assignment begins there.
     *
     * @return the number of the assignment if there is work to do; empty if the record is finished already
     */
    OptionalLong open(Position position) {
        PartitionLedger ledger = ledger(position.topic(), position.partition());
        if (position.offset() < ledger.reached()) {
            Partition partition = new Partition(position.topic(), position.partition());
            start(partition, position.offset(), new FinishedOffsets());
            ledger = partitions.get(partition);
        }
        return ledger.open(position.offset()) ? OptionalLong.of(ledger.assignment()) : OptionalLong.empty();
    }

    /** Every record below {@code next} has been polled. */
    void reach(String topic, int partition, long next) {
        ledger(topic, partition).reach(next);
    }

    /**
     * The work on a record is done.
     *
     * @param assignment the number that {@link #open} gave
     * @return whether the record is still ours; if not, nothing has changed
     */
    boolean finish(Position position, long assignment) {
        PartitionLedger ledger = partitions.get(new Partition(position.topic(), position.partition()));
        if (ledger == null || ledger.assignment() != assignment) {
            return false;
        }
        ledger.finish(position.offset());
        return true;
    }

    /** What may be committed for the partitions of these positions, which must all be assigned; sorted. */
    List<PartitionOffset> snapshot(Set<Position> touched) {
        Set<PartitionOffset> offsets =
                new TreeSet<>(Comparator.comparing(PartitionOffset::topic).thenComparing(PartitionOffset::partition));
        for (Position position : touched) {
            PartitionLedger ledger = ledger(position.topic(), position.partition());
            offsets.add(new PartitionOffset(
                    position.topic(), position.partition(), ledger.contiguous(), ledger.metadata(MAX_METADATA)));
        }
        return List.copyOf(offsets);
    }

    private long start(Partition partition, long offset, FinishedOffsets finished) {
        assignments++;
        partitions.put(partition, new PartitionLedger(assignments, offset, finished));
        return assignments;
    }

    private PartitionLedger ledger(String topic, int partition) {
        PartitionLedger ledger = partitions.get(new Partition(topic, partition));
        if (ledger == null) {
            throw new IllegalStateException(topic + "-" + partition + " is not assigned");
        }
        return ledger;
    }
}
