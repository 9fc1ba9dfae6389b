package org.lesionstream.worker.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.FailureType;
import org.lesionstream.worker.delivery.Answer;
import org.lesionstream.worker.delivery.CommitTicket;
import org.lesionstream.worker.delivery.Completions;
import org.lesionstream.worker.delivery.Envelope;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.failure.RetryBackoff;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.ResultStore;
import org.lesionstream.worker.publish.AnswerPublisher;
import org.lesionstream.worker.telemetry.JobTraces;
import org.lesionstream.worker.telemetry.WorkerMetric;
import org.lesionstream.worker.telemetry.WorkerMetrics;

/**
 * Stores outcomes, then publishes their answers, with the offsets where the intake has any: PostgreSQL first, then Kafka.
 *
 * <ul>
 *   <li>Holds one batch at a time and does not let go of it before it is published. While the database or the broker is
 *       away it tries again, a little later each time; the hand-offs behind it fill, and the intake pauses.
 *   <li>An outcome that the database refuses is found by saving one by one, and becomes a dead letter.
 *   <li>Every attempt to publish asks the intake anew which messages are still ours; those that moved to another worker
 *       are answered there, from the rows stored here.
 *   <li>Confined to one thread, so publications keep the order of the commits.
 * </ul>
 */
final class DeliveryStage implements Stage {
    private static final Logger LOG = Logger.getLogger(DeliveryStage.class);
    private static final long IDLE_NANOS = Duration.ofMillis(50).toNanos();
    private static final Duration TICKET_WAIT = Duration.ofSeconds(5);

    private final Handoff<JobOutcome> outcomes;
    private final ResultStore store;
    private final Completions completions;
    private final AnswerPublisher publisher;
    private final Outcomes outcomeMaker;
    private final OutcomeBook book;
    private final RetryBackoff backoff;
    private final PipelineStatus status;
    private final WorkerMetrics metrics;
    private final JobTraces traces;
    private final LongSupplier clock;
    private final int maxBatch;
    private final long lingerNanos;
    private final long backfillLingerNanos;

    private List<JobOutcome> unsaved = List.of();
    private List<Answer> unpublished = List.of();
    private int failures;
    private long nextAttemptNanos;

    DeliveryStage(PipelineParts parts, Handoff<JobOutcome> outcomes) {
        this.outcomes = outcomes;
        this.store = parts.store();
        this.completions = parts.intake();
        this.publisher = parts.publisher();
        this.outcomeMaker = parts.outcomes();
        this.book = new OutcomeBook(parts.deadlines(), parts.metrics(), parts.traces());
        this.backoff = parts.backoff();
        this.status = parts.status();
        this.metrics = parts.metrics();
        this.traces = parts.traces();
        this.clock = parts.clock();
        this.maxBatch = parts.sizes().deliveryBatch();
        this.lingerNanos = parts.sizes().deliveryLinger().toNanos();
        this.backfillLingerNanos = parts.sizes().deliveryBackfillLinger().toNanos();
    }

    @Override
    public String role() {
        return "delivery";
    }

    @Override
    public int work(long nowNanos) throws InterruptedException {
        long wait = nextAttemptNanos - nowNanos;
        if (failures > 0 && wait > 0) {
            LockSupport.parkNanos(this, Math.min(wait, IDLE_NANOS));
            return 0;
        }
        if (unsaved.isEmpty() && unpublished.isEmpty()) {
            unsaved = collect();
        }
        if (!unsaved.isEmpty()) {
            save(nowNanos);
        }
        return unpublished.isEmpty() ? 0 : publish(nowNanos);
    }

    /** Waits for company, briefly for urgent outcomes and longer for backfill alone, and not if nothing else can come. */
    private List<JobOutcome> collect() throws InterruptedException {
        List<JobOutcome> batch = new ArrayList<>(outcomes.takeUpTo(maxBatch, IDLE_NANOS));
        long start = clock.getAsLong();
        while (!batch.isEmpty() && batch.size() < maxBatch && status.inFlight() > batch.size()) {
            boolean urgent =
                    batch.stream().anyMatch(outcome -> outcome.envelope().lane() == Lane.URGENT);
            long left = start + (urgent ? lingerNanos : backfillLingerNanos) - clock.getAsLong();
            if (left <= 0) {
                break;
            }
            batch.addAll(outcomes.takeUpTo(maxBatch - batch.size(), left));
        }
        return batch;
    }

    private void save(long nowNanos) {
        try {
            long start = clock.getAsLong();
            unpublished = store.save(unsaved);
            long end = clock.getAsLong();
            metrics.time(WorkerMetric.STORE_DURATION, end - start, "save");
            unsaved.forEach(outcome -> traces.stage(outcome.envelope(), "persist", start, end));
            unsaved.forEach(book::enter);
            unsaved = List.of();
            recovered(Dependency.DATABASE);
        } catch (SegmentationException failure) {
            if (failure.code().type() == FailureType.TRANSIENT || allAreDeadLetters()) {
                retryLater(Dependency.DATABASE, failure.code(), nowNanos);
            } else {
                unsaved = isolate(failure.code());
            }
        }
    }

    /** Nothing can take the place of a dead letter: what refuses it must be mended, and then it is stored. */
    private boolean allAreDeadLetters() {
        return unsaved.stream().allMatch(JobOutcome.DeadLettered.class::isInstance);
    }

    /**
     * Replaces each outcome that the database refuses by itself with a dead letter; the next attempt saves all. When the database goes
     * away meanwhile, the rest is not asked about: each question may last as long as the wait for a connection.
     */
    private List<JobOutcome> isolate(FailureCode code) {
        if (unsaved.size() == 1) {
            return List.of(outcomeMaker.deadLetter(unsaved.get(0), code, "persist"));
        }
        List<JobOutcome> acceptable = new ArrayList<>();
        boolean answers = true;
        for (JobOutcome outcome : unsaved) {
            try {
                if (answers) {
                    store.save(List.of(outcome));
                }
                acceptable.add(outcome); // if it is saved, saving it again with the others only finds its row
            } catch (SegmentationException culprit) {
                answers = culprit.code().type() != FailureType.TRANSIENT;
                acceptable.add(answers ? outcomeMaker.deadLetter(outcome, culprit.code(), "persist") : outcome);
            }
        }
        return acceptable;
    }

    private int publish(long nowNanos) throws InterruptedException {
        try {
            CommitTicket ticket = ticket();
            List<Answer> ours = unpublished.stream()
                    .filter(answer -> ticket.owned().contains(answer.envelope().position()))
                    .toList();
            long start = clock.getAsLong();
            publisher.publish(ours, ticket.snapshot());
            failures = 0;
            if (!ours.isEmpty()) {
                long end = clock.getAsLong();
                metrics.time(WorkerMetric.PUBLISH_DURATION, end - start);
                ours.forEach(answer -> traces.stage(answer.envelope(), "publish", start, end));
                recovered(Dependency.BROKER);
            }
            int finished = unpublished.size();
            completions.published(unpublished.stream().map(Answer::envelope).toList());
            for (Answer answer : unpublished) {
                Envelope envelope = answer.envelope();
                status.finished(envelope.lane());
                metrics.time(WorkerMetric.JOB_DURATION, clock.getAsLong() - envelope.polledAtNanos(), envelope.lane());
                traces.end(envelope);
            }
            unpublished = List.of();
            return finished;
        } catch (SegmentationException failure) {
            retryLater(Dependency.BROKER, failure.code(), nowNanos);
        } catch (TimeoutException | ExecutionException e) {
            retryLater(Dependency.BROKER, FailureCode.BROKER_UNAVAILABLE, nowNanos);
        }
        return 0;
    }

    private CommitTicket ticket() throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<CommitTicket> asked =
                completions.complete(unpublished.stream().map(Answer::envelope).toList());
        try {
            return asked.get(TICKET_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            asked.cancel(false); // no ticket that nobody waits for
        }
    }

    private void retryLater(Dependency dependency, FailureCode code, long nowNanos) {
        failures++;
        nextAttemptNanos = nowNanos + backoff.delay(failures).toNanos();
        if (status.down(dependency, role(), code)) {
            LOG.warnf("%s is unavailable (%s); finished work is kept and tried again", dependency.label(), code);
        }
    }

    private void recovered(Dependency dependency) {
        failures = 0;
        if (status.up(dependency, role())) {
            LOG.infof("%s is available again", dependency.label());
        }
    }

    @Override
    public void close() {
        publisher.close();
    }
}
