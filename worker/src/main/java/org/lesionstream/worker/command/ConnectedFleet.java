package org.lesionstream.worker.command;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.worker.backfill.Fleet;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.persist.BackfillCounts;
import org.lesionstream.worker.persist.BackfillState;
import org.lesionstream.worker.persist.Backfills;
import org.lesionstream.worker.persist.JobFate;
import org.lesionstream.worker.persist.JobFates;
import org.lesionstream.worker.publish.JobSubmitter;

/** The fleet as a broker and a database know it, for the backfill that claimed its name. */
record ConnectedFleet(JobSubmitter submitter, JobFates outcomes, Backfills backfills, Backfills.Claim claim)
        implements Fleet {
    @Override
    public Map<String, FailureCode> submit(List<ImageJob> jobs) {
        return submitter.submitAll(jobs, Lane.BACKFILL);
    }

    @Override
    public Map<String, JobFate> fates(Collection<String> jobIds) {
        return outcomes.of(jobIds);
    }

    @Override
    public Optional<BackfillState> beat(BackfillCounts counts) {
        return backfills.beat(claim, counts);
    }
}
