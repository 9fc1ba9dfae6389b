package org.lesionstream.worker.backfill;

import java.time.Duration;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.persist.BackfillCounts;
import org.lesionstream.worker.persist.BackfillState;

/** Told what happens in a backfill, on its thread. */
public interface BackfillListener {

    /**
     * No job could be made of an entry.
     *
     * @param why in words, without what stands in the entry
     */
    void refused(long number, String why);

    /** Database or broker do not answer; the same is tried again after a while. */
    void away(FailureCode code, Duration again);

    /** What was away is back. */
    void back(FailureCode code);

    /** An operator paused or resumed. */
    void moved(BackfillState state);

    /**
     * How far it is; called often.
     *
     * @param open entries that wait for an outcome
     */
    void progress(BackfillCounts counts, long open);
}
