package org.lesionstream.worker.backfill;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.worker.persist.BackfillCounts;
import org.lesionstream.worker.persist.BackfillState;
import org.lesionstream.worker.persist.JobFate;

/**
 * What a backfill does with the fleet: submit jobs, ask what became of them, and say how far it is.
 *
 * <p>{@link #fates} and {@link #beat} throw {@link org.lesionstream.worker.failure.SegmentationException} with {@link
 * FailureCode#DATABASE_UNAVAILABLE} if the same call may succeed later. All calls may be repeated.
 */
public interface Fleet {

    /**
     * Puts jobs on the backfill lane and waits until they are there.
     *
     * @param jobs with different ids
     * @return by job id what could not be submitted, and why
     */
    Map<String, FailureCode> submit(List<ImageJob> jobs);

    /** The fates of those jobs that have an outcome, by job id. */
    Map<String, JobFate> fates(Collection<String> jobIds);

    /**
     * Says how far the backfill is, and hears whether it shall hold.
     *
     * @return running or paused; empty if the backfill belongs to another program now
     */
    Optional<BackfillState> beat(BackfillCounts counts);
}
