package org.lesionstream.worker.backfill;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.backfill.BackfillReport.Ending;
import org.lesionstream.worker.failure.RetryBackoff;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.BackfillState;
import org.lesionstream.worker.persist.JobFate;

/**
 * One run of a backfill. In turns, until every entry has an outcome:
 *
 * <ol>
 *   <li>say how far it is, and hear whether an operator wants it to hold;
 *   <li>ask for the outcomes of the open jobs;
 *   <li>read a chunk of entries, and drop those that have an outcome already;
 *   <li>submit as many as pace and share allow;
 *   <li>wait until one of these is due.
 * </ol>
 *
 * <ul>
 *   <li>The outcomes in the database decide what is done, so a run can be killed and repeated at any time.
 *   <li>Memory is bounded by one chunk and by the open jobs, whatever the number of entries.
 *   <li>A database or a broker that is away is waited for, and said to be away. Other failures end the run as an exception.
 *   <li>Confined to one thread, which it does not leave.
 * </ul>
 */
public final class BackfillRun {
    /** An operator who pauses waits for no longer than that. */
    private static final Duration BETWEEN_BEATS = Duration.ofSeconds(1);

    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);
    /** Entries that are looked up at once, and most jobs that are submitted at once. */
    static final int CHUNK = 1000;

    private final EntrySource source;
    private final Fleet fleet;
    private final BackfillLimits limits;
    private final BackfillListener listener;
    private final Timekeeper time;
    private final RetryBackoff backoff;

    private final EntryTally tally = new EntryTally();
    private final OpenJobs open;
    private final Departures departures;
    private BackfillState state = BackfillState.RUNNING;
    private boolean takenOver;
    private boolean sourceEnded;
    private long beatAt;
    private long askAt;

    public BackfillRun(
            EntrySource source,
            Fleet fleet,
            BackfillLimits limits,
            BackfillListener listener,
            Timekeeper time,
            RetryBackoff backoff) {
        this.source = requireNonNull(source, "source");
        this.fleet = requireNonNull(fleet, "fleet");
        this.limits = requireNonNull(limits, "limits");
        this.listener = requireNonNull(listener, "listener");
        this.time = requireNonNull(time, "time");
        this.backoff = requireNonNull(backoff, "backoff");
        this.open = new OpenJobs(limits.inFlight());
        long now = time.nanos();
        Pace pace = new Pace(limits.perSecond(), now);
        this.departures = new Departures(fleet, open, pace, tally, listener, time, backoff);
        this.beatAt = now;
        this.askAt = now;
    }

    /** Runs to the end, whatever that is; to be called once. */
    public BackfillReport run() {
        Optional<Ending> ending = Optional.empty();
        while (ending.isEmpty()) {
            beat();
            askForOutcomes();
            if (mayGoOn()) {
                lookAhead();
            }
            if (mayGoOn()) {
                departures.submit();
            }
            listener.progress(tally.counts(), open.entries());
            ending = ending();
            if (ending.isEmpty()) {
                time.pause(Duration.ofNanos(Math.max(0, nextStep() - time.nanos())));
            }
        }
        return report(ending.get());
    }

    /** How it would be reported now; for a run that ended as an exception. */
    public BackfillReport report(Ending ending) {
        return new BackfillReport(ending, tally.counts(), open.entries());
    }

    private boolean mayGoOn() {
        return state == BackfillState.RUNNING && ending().isEmpty();
    }

    private boolean refusedStrictly() {
        return limits.strict() && tally.refusals() > 0;
    }

    private Optional<Ending> ending() {
        if (takenOver) {
            return Optional.of(Ending.TAKEN_OVER);
        }
        if (refusedStrictly()) {
            return Optional.of(Ending.REFUSED);
        }
        if (time.stopped()) { // before the end of the source: a chunk may have been given up
            return Optional.of(Ending.STOPPED);
        }
        boolean done = sourceEnded && departures.isEmpty() && (open.isEmpty() || !limits.toTheEnd());
        return done ? Optional.of(Ending.FINISHED) : Optional.empty();
    }

    private void beat() {
        if (time.nanos() >= beatAt) {
            patiently(() -> hear(fleet.beat(tally.counts())));
            beatAt = time.nanos() + BETWEEN_BEATS.toNanos();
        }
    }

    private void hear(Optional<BackfillState> wanted) {
        takenOver = wanted.isEmpty();
        if (wanted.isPresent() && wanted.get() != state) {
            state = wanted.get();
            listener.moved(state);
        }
    }

    private void askForOutcomes() {
        if (!open.isEmpty() && time.nanos() >= askAt) {
            patiently(() -> fleet.fates(open.ids()).forEach((job, fate) -> tally.ended(fate, open.remove(job))));
            askAt = time.nanos() + BETWEEN_QUESTIONS.toNanos();
        }
    }

    private void lookAhead() {
        if (!departures.isEmpty() || sourceEnded) {
            return;
        }
        List<SourceLine.Picture> chunk = read();
        if (!chunk.isEmpty()) {
            List<String> ids =
                    chunk.stream().map(SourceLine.Picture::jobId).distinct().toList();
            patiently(() -> sort(chunk, fleet.fates(ids)));
        }
    }

    private List<SourceLine.Picture> read() {
        List<SourceLine.Picture> chunk = new ArrayList<>();
        for (int i = 0; i < CHUNK && !sourceEnded && !refusedStrictly(); i++) {
            Optional<SourceLine> line = source.next();
            sourceEnded = line.isEmpty();
            if (line.isPresent()) {
                tally.seen();
                if (line.get() instanceof SourceLine.Picture picture) {
                    chunk.add(picture);
                } else if (line.get() instanceof SourceLine.Refused refused) {
                    tally.refused();
                    listener.refused(refused.number(), refused.why());
                }
            }
        }
        return chunk;
    }

    private void sort(List<SourceLine.Picture> chunk, Map<String, JobFate> fates) {
        List<SourceLine.Picture> left = new ArrayList<>();
        for (SourceLine.Picture picture : chunk) {
            JobFate fate = fates.get(picture.jobId());
            if (fate == null) {
                left.add(picture);
            } else {
                tally.doneBefore(fate);
            }
        }
        departures.add(left);
    }

    /** Asks the database until it answers, or somebody wishes the end. */
    private void patiently(Runnable question) {
        for (int failures = 0; failures == 0 || !time.stopped(); ) {
            try {
                question.run();
                if (failures > 0) {
                    listener.back(FailureCode.DATABASE_UNAVAILABLE);
                }
                return;
            } catch (SegmentationException e) {
                if (e.code() != FailureCode.DATABASE_UNAVAILABLE) {
                    throw e;
                }
                failures++;
                Duration wait = backoff.delay(failures);
                listener.away(e.code(), wait);
                time.pause(wait);
            }
        }
    }

    private long nextStep() {
        long next = open.isEmpty() ? beatAt : Math.min(beatAt, askAt);
        if (state != BackfillState.RUNNING) {
            return next;
        }
        boolean mayRead = departures.isEmpty() && !sourceEnded;
        return mayRead ? time.nanos() : Math.min(next, departures.next());
    }
}
