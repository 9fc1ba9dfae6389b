package org.lesionstream.worker.pipeline;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.FailureType;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.worker.delivery.Delivery;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.JobRegistration;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.failure.RetryBackoff;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.inference.CheckpointCatalog;
import org.lesionstream.worker.intake.JobIntake;
import org.lesionstream.worker.intake.PolledMessage;
import org.lesionstream.worker.persist.RegistrationRequest;
import org.lesionstream.worker.persist.ResultStore;
import org.lesionstream.worker.telemetry.WorkerMetric;
import org.lesionstream.worker.telemetry.WorkerMetrics;

/**
 * Polls jobs, registers them with the database and lets them in.
 *
 * <ul>
 *   <li>Jobs of one poll are registered in one statement, which pins the checkpoint of their cases and tells which jobs
 *       were done before; those go straight to delivery, to be answered again.
 *   <li>A job that is delivered for the last time is answered by a dead letter, unless it was done: the attempt might end this worker
 *       before the answer, and then nobody would be given the job again.
 *   <li>While the database is away the polled messages wait here, and the polls go on, so that the group stays as it is
 *       and finished work can be committed.
 *   <li>Lets in no more per lane than the hand-offs hold, work of partitions that moved away included.
 *   <li>Confined to the intake thread.
 * </ul>
 */
final class IntakeStage implements Stage {
    private static final Logger LOG = Logger.getLogger(IntakeStage.class);

    private static final JobRegistration UNREGISTERED = new JobRegistration(false, Optional.empty(), 0);

    private final JobIntake intake;
    private final ResultStore store;
    private final CheckpointCatalog catalog;
    private final Handoff<InFlight<ImageJob>> jobs;
    private final Handoff<JobOutcome> outcomes;
    private final Outcomes outcomeMaker;
    private final Deadlines deadlines;
    private final RetryBackoff backoff;
    private final PipelineStatus status;
    private final WorkerMetrics metrics;
    private final LongSupplier clock;
    private final int maxInFlight;
    private final ArrayDeque<PolledMessage> waiting = new ArrayDeque<>();
    private int failures;
    private long nextAttemptNanos;

    IntakeStage(PipelineParts parts, Handoff<InFlight<ImageJob>> jobs, Handoff<JobOutcome> outcomes) {
        this.intake = parts.intake();
        this.store = parts.store();
        this.catalog = parts.catalog();
        this.jobs = jobs;
        this.outcomes = outcomes;
        this.outcomeMaker = parts.outcomes();
        this.deadlines = parts.deadlines();
        this.backoff = parts.backoff();
        this.status = parts.status();
        this.metrics = parts.metrics();
        this.clock = parts.clock();
        this.maxInFlight = parts.sizes().maxInFlight();
    }

    @Override
    public String role() {
        return "intake";
    }

    @Override
    public int work(long nowNanos) {
        if (status.state() == PipelineState.DRAINING) {
            intake.drain();
        }
        List<PolledMessage> polled = intake.poll(nowNanos);
        waiting.addAll(polled);
        if (failures == 0 || nowNanos >= nextAttemptNanos) {
            List<PolledMessage> next = admissible();
            if (!next.isEmpty()) {
                admit(next, nowNanos);
            }
        }
        return polled.size();
    }

    /** The waiting messages that there is room for, in order. */
    private List<PolledMessage> admissible() {
        Map<Lane, Integer> room = new EnumMap<>(Lane.class);
        for (Lane lane : Lane.values()) {
            room.put(lane, maxInFlight - status.inFlight(lane));
        }
        return waiting.stream()
                .filter(message -> room.merge(message.envelope().lane(), -1, Integer::sum) >= 0)
                .toList();
    }

    /** Lets the messages in, and says whether that was possible; otherwise they wait. */
    private boolean admit(List<PolledMessage> messages, long nowNanos) {
        List<PolledMessage.OfJob> jobMessages = messages.stream()
                .filter(PolledMessage.OfJob.class::isInstance)
                .map(PolledMessage.OfJob.class::cast)
                .toList();
        List<JobRegistration> registrations;
        try {
            long start = clock.getAsLong();
            registrations =
                    store.register(jobMessages.stream().map(this::request).toList());
            metrics.time(WorkerMetric.STORE_DURATION, clock.getAsLong() - start, "register");
        } catch (SegmentationException failure) {
            return notRegistered(messages, failure, nowNanos);
        }
        failures = 0;
        if (status.up(Dependency.DATABASE, role())) {
            LOG.info("The database is available again");
        }
        letIn(messages);
        for (int i = 0; i < jobMessages.size(); i++) {
            start(jobMessages.get(i), registrations.get(i));
        }
        for (PolledMessage message : messages) {
            if (message instanceof PolledMessage.Timeout timeout) {
                outcomes.put(timeout.envelope().lane(), new JobOutcome.TimedOut(timeout.envelope(), timeout.timeout()));
            }
            if (message instanceof PolledMessage.Refused refused) {
                outcomes.put(
                        refused.envelope().lane(),
                        outcomeMaker.unreadable(refused.envelope(), refused.code(), refused.where()));
            }
        }
        return true;
    }

    /** A database that is away gets time; a job that it refuses is found by registering one by one. */
    private boolean notRegistered(List<PolledMessage> messages, SegmentationException failure, long nowNanos) {
        if (failure.code().type() == FailureType.TRANSIENT) {
            failures++;
            nextAttemptNanos = nowNanos + backoff.delay(failures).toNanos();
            if (status.down(Dependency.DATABASE, role(), failure.code())) {
                LOG.warnf("Jobs cannot be registered (%s); they wait here and are tried again", failure.code());
            }
            return false;
        }
        if (messages.size() > 1) {
            return messages.stream().allMatch(message -> admit(List.of(message), nowNanos));
        }
        PolledMessage.OfJob refused = (PolledMessage.OfJob) messages.get(0);
        letIn(messages);
        Delivery delivery = new Delivery(refused.envelope(), refused.job(), UNREGISTERED);
        outcomes.put(refused.envelope().lane(), outcomeMaker.deadLetter(delivery, failure.code(), failure.where(), 1));
        return true;
    }

    private RegistrationRequest request(PolledMessage.OfJob message) {
        return new RegistrationRequest(message.job(), currentDigest(message.job()));
    }

    /** What the job's reference means now; empty if nothing, which the decode stage will answer with the reason. */
    private Optional<Digest> currentDigest(ImageJob job) {
        try {
            return Optional.of(catalog.resolve(job.checkpoint()).digest());
        } catch (SegmentationException unresolved) {
            return Optional.empty();
        }
    }

    private void letIn(List<PolledMessage> messages) {
        for (PolledMessage message : messages) {
            waiting.remove(message);
            status.admitted(message.envelope().lane());
        }
    }

    private void start(PolledMessage.OfJob message, JobRegistration registration) {
        Delivery delivery = new Delivery(message.envelope(), message.job(), registration);
        Lane lane = delivery.envelope().lane();
        if (registration.done()) {
            outcomes.put(lane, new JobOutcome.Repeated(delivery));
        } else if (message instanceof PolledMessage.Exhausted exhausted) {
            outcomes.put(
                    lane,
                    outcomeMaker.deadLetter(
                            delivery, FailureCode.INTERNAL_ERROR, "intake", exhausted.deliveries() - 1));
        } else {
            InFlight<ImageJob> job = InFlight.first(delivery);
            deadlines.watch(job);
            jobs.put(lane, job);
        }
    }

    @Override
    public void close() {
        intake.close();
    }
}
