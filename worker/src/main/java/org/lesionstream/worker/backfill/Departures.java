package org.lesionstream.worker.backfill;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.RetryBackoff;

/**
 * The pictures that are ready to go, and their way to the lane: as many at a time as pace and share allow, in their order.
 *
 * <ul>
 *   <li>What the broker did not take stays ready, and is tried again after a while that grows with every failure.
 *   <li>A picture whose job is open already joins it.
 *   <li>Confined to one thread.
 * </ul>
 */
final class Departures {
    private final Fleet fleet;
    private final OpenJobs open;
    private final Pace pace;
    private final EntryTally tally;
    private final BackfillListener listener;
    private final Timekeeper time;
    private final RetryBackoff backoff;
    private final Deque<SourceLine.Picture> ready = new ArrayDeque<>();
    private int failures;
    private long notBefore;

    Departures(
            Fleet fleet,
            OpenJobs open,
            Pace pace,
            EntryTally tally,
            BackfillListener listener,
            Timekeeper time,
            RetryBackoff backoff) {
        this.fleet = fleet;
        this.open = open;
        this.pace = pace;
        this.tally = tally;
        this.listener = listener;
        this.time = time;
        this.backoff = backoff;
        this.notBefore = time.nanos();
    }

    void add(Collection<SourceLine.Picture> pictures) {
        ready.addAll(pictures);
    }

    boolean isEmpty() {
        return ready.isEmpty();
    }

    /** Submits what may go now. */
    void submit() {
        long now = time.nanos();
        if (now < notBefore || ready.isEmpty()) {
            return;
        }
        List<SourceLine.Picture> batch = take(Math.min(pace.available(now), open.room()));
        if (!batch.isEmpty()) {
            pace.took(batch.size());
            settle(
                    batch,
                    fleet.submit(batch.stream().map(SourceLine.Picture::job).toList()));
        }
    }

    /** When something may go; never as long as nothing is ready or no more jobs may be open. */
    long next() {
        return ready.isEmpty() || open.room() == 0 ? Long.MAX_VALUE : Math.max(notBefore, pace.next(time.nanos()));
    }

    private List<SourceLine.Picture> take(int most) {
        List<SourceLine.Picture> batch = new ArrayList<>();
        while (batch.size() < most && !ready.isEmpty()) {
            SourceLine.Picture picture = ready.remove();
            if (open.add(picture.jobId())) {
                batch.add(picture);
            }
        }
        return batch;
    }

    private void settle(List<SourceLine.Picture> batch, Map<String, FailureCode> failed) {
        List<SourceLine.Picture> again = new ArrayList<>();
        for (SourceLine.Picture picture : batch) {
            FailureCode code = failed.get(picture.jobId());
            if (code == null) {
                tally.submitted();
                continue;
            }
            List<SourceLine.Picture> entries = Collections.nCopies(open.remove(picture.jobId()), picture);
            if (code == FailureCode.MESSAGE_TOO_LARGE) {
                entries.forEach(this::refuse);
            } else {
                again.addAll(entries);
            }
        }
        Collections.reverse(again);
        again.forEach(ready::addFirst);
        note(!again.isEmpty());
    }

    private void refuse(SourceLine.Picture entry) {
        tally.refused();
        listener.refused(entry.number(), "the job is longer than the topic allows");
    }

    private void note(boolean away) {
        if (away) {
            failures++;
            Duration wait = backoff.delay(failures);
            notBefore = time.nanos() + wait.toNanos();
            listener.away(FailureCode.BROKER_UNAVAILABLE, wait);
        } else if (failures > 0) {
            failures = 0;
            listener.back(FailureCode.BROKER_UNAVAILABLE);
        }
    }
}
