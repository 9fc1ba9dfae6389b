package org.lesionstream.worker.backfill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.BackfillCounts;
import org.lesionstream.worker.persist.BackfillState;
import org.lesionstream.worker.persist.JobFate;
import org.lesionstream.worker.persist.OutcomeKind;

/** A fleet that answers every job after a while of the manual clock. It forgets what was told, unless it shall remember. */
final class FakeFleet implements Fleet {
    static final JobFate SEGMENTED = new JobFate(OutcomeKind.SEGMENTED, Optional.empty());

    private final ManualTime time;
    private final Duration work;
    private final Map<String, Long> answeredAt = new LinkedHashMap<>();
    private final Map<String, JobFate> remembered = new HashMap<>();
    private boolean remembers;
    private Function<ImageJob, JobFate> fate = job -> SEGMENTED;
    private final Map<String, JobFate> fates = new HashMap<>();

    final List<Double> submittedAt = new ArrayList<>();
    final List<Integer> submissions = new ArrayList<>();
    long submitted;
    int mostOpen;
    int mostAsked;
    BackfillCounts counts = BackfillCounts.NONE;
    Function<Double, Optional<BackfillState>> wish = seconds -> Optional.of(BackfillState.RUNNING);
    /** When database and broker are away, by the clock's seconds. */
    Function<Double, Boolean> databaseAway = seconds -> false;

    Function<Double, Boolean> brokerAway = seconds -> false;
    /** What it answers every question with. */
    Optional<FailureCode> fault = Optional.empty();

    FakeFleet(ManualTime time, Duration work) {
        this.time = time;
        this.work = work;
    }

    /** As a database does. */
    FakeFleet remembering() {
        remembers = true;
        return this;
    }

    FakeFleet ending(Function<ImageJob, JobFate> as) {
        fate = as;
        return this;
    }

    @Override
    public Map<String, FailureCode> submit(List<ImageJob> jobs) {
        Map<String, FailureCode> failed = new HashMap<>();
        for (ImageJob job : jobs) {
            if (brokerAway.apply(time.seconds())) {
                failed.put(job.jobId(), FailureCode.BROKER_UNAVAILABLE);
                continue;
            }
            submitted++;
            answeredAt.put(job.jobId(), time.nanos() + work.toNanos());
            fates.put(job.jobId(), fate.apply(job));
        }
        submissions.add(jobs.size() - failed.size());
        submittedAt.add(time.seconds());
        mostOpen = Math.max(mostOpen, answeredAt.size());
        return failed;
    }

    @Override
    public Map<String, JobFate> fates(Collection<String> jobIds) {
        check();
        mostAsked = Math.max(mostAsked, jobIds.size());
        Map<String, JobFate> known = new HashMap<>();
        for (String id : jobIds) {
            if (answeredAt.getOrDefault(id, Long.MAX_VALUE) <= time.nanos()) {
                answeredAt.remove(id);
                JobFate ended = fates.remove(id);
                known.put(id, ended);
                if (remembers) {
                    remembered.put(id, ended);
                }
            } else if (remembered.containsKey(id)) {
                known.put(id, remembered.get(id));
            }
        }
        return known;
    }

    @Override
    public Optional<BackfillState> beat(BackfillCounts soFar) {
        check();
        counts = soFar;
        return wish.apply(time.seconds());
    }

    private void check() {
        fault.ifPresent(code -> {
            throw new SegmentationException(code, "test");
        });
        if (databaseAway.apply(time.seconds())) {
            throw new SegmentationException(FailureCode.DATABASE_UNAVAILABLE, "test");
        }
    }
}
