package org.lesionstream.worker.backfill;

import org.lesionstream.worker.persist.BackfillCounts;

/**
 * How a run ended.
 *
 * @param unanswered entries that were submitted and have no outcome yet
 */
public record BackfillReport(Ending ending, BackfillCounts counts, long unanswered) {

    /** Why it ended. */
    public enum Ending {
        /** Every entry was read, and submitted, done before or refused. */
        FINISHED,
        /** Somebody wished the end. */
        STOPPED,
        /** An entry was refused, and the run was strict. */
        REFUSED,
        /** Another program took the name over after a long silence of this one. */
        TAKEN_OVER
    }

    /** Whether all that was asked for is there; what is still unanswered says nothing against it. */
    public boolean good() {
        return ending == Ending.FINISHED && counts.refused() == 0 && counts.dead() == 0;
    }
}
