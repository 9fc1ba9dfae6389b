package org.lesionstream.worker.intake;

import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What is open and what is finished on one partition during one assignment.
 *
 * <ul>
 *   <li>{@link #contiguous} is the offset to commit: everything below it is finished.
 *   <li>Offsets that no record has (transaction markers, aborted or compacted records) count as finished as soon as a
 *       later offset was seen, since nothing will ever finish them.
 *   <li>What the committed metadata says is finished stays known until the commits have passed it, even while the polls
 *       have not reached it again.
 * </ul>
 */
final class PartitionLedger {
    private final long assignment;
    private final FinishedOffsets finished;
    private final NavigableSet<Long> open = new TreeSet<>();
    private long contiguous;
    private long reached;

    /**
     * @param assignment number of this assignment
     * @param start the committed offset, or any offset that is not above the first record where nothing was committed
     * @param finished offsets beyond {@code start} that are finished already, owned by this ledger from here on
     */
    PartitionLedger(long assignment, long start, FinishedOffsets finished) {
        this.assignment = assignment;
        this.finished = finished;
        this.contiguous = finished.removeThrough(start);
        this.reached = start;
    }

    long assignment() {
        return assignment;
    }

    /** One past the highest offset that was polled or is known to hold no record. */
    long reached() {
        return reached;
    }

    /** All offsets below this one are finished. */
    long contiguous() {
        return contiguous;
    }

    /** The finished offsets beyond the contiguous ones; see {@link FinishedOffsets} for the notation. */
    String metadata(int maxLength) {
        return finished.encode(contiguous, maxLength);
    }

    /** How many records were polled and are not finished. */
    int openCount() {
        return open.size();
    }

    /**
     * A record was polled.
     *
     * @param offset not below {@link #reached}
     * @return whether there is work to do; false if an earlier owner finished it
     */
    boolean open(long offset) {
        reach(offset);
        reached = offset + 1;
        if (offset < contiguous || finished.contains(offset)) {
            return false;
        }
        open.add(offset);
        return true;
    }

    /** No record below {@code next} is still to come. */
    void reach(long next) {
        if (next > reached) {
            finished.add(reached, next);
            reached = next;
            contiguous = finished.removeThrough(contiguous);
        }
    }

    /** The work on a record is done. Doing this again changes nothing. */
    void finish(long offset) {
        if (offset >= reached) {
            throw new IllegalArgumentException("offset must be below " + reached + ", was " + offset);
        }
        if (open.remove(offset)) {
            finished.add(offset, offset + 1);
            contiguous = finished.removeThrough(contiguous);
        }
    }
}
