package org.lesionstream.worker.testing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.message.MessageType;
import org.lesionstream.worker.broker.BrokerAccess;
import org.lesionstream.worker.delivery.Answer;
import org.lesionstream.worker.delivery.CommitTicket;
import org.lesionstream.worker.delivery.Envelope;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.delivery.OutgoingMessage;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.intake.IntakeLimits;
import org.lesionstream.worker.intake.IntakeSettings;
import org.lesionstream.worker.intake.JobConsumer;
import org.lesionstream.worker.intake.JobIntake;
import org.lesionstream.worker.intake.PolledMessage;
import org.lesionstream.worker.intake.ShareIntake;
import org.lesionstream.worker.intake.ShareLimits;
import org.lesionstream.worker.publish.TransactionalPublisher;
import org.lesionstream.worker.telemetry.JobTraces;
import org.lesionstream.worker.telemetry.WorkerMetrics;

/** The two ends of a worker, intake and publisher, with nothing between: the test decides when which job is finished. */
public final class DeliveringWorker implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final JobIntake intake;
    private final TransactionalPublisher publisher;
    private final List<PolledMessage.Valid> unfinished = new ArrayList<>();
    private final List<PolledMessage.Exhausted> exhausted = new ArrayList<>();
    private boolean left;

    /** In a consumer group. */
    public DeliveringWorker(KafkaTopics topics, String groupProtocol, IntakeLimits limits) {
        this(topics, groupProtocol, limits, publisher(topics));
    }

    public DeliveringWorker(
            KafkaTopics topics, String groupProtocol, IntakeLimits limits, TransactionalPublisher publisher) {
        this(
                new JobConsumer(
                        settings(topics, groupProtocol, limits), new MessageCodec(), metrics(), JobTraces.off()),
                publisher);
    }

    private DeliveringWorker(JobIntake intake, TransactionalPublisher publisher) {
        this.intake = intake;
        this.publisher = publisher;
    }

    /** In a share group. */
    public static DeliveringWorker sharing(KafkaTopics topics, ShareLimits share, IntakeLimits limits) {
        return sharing(topics, share, limits, publisher(topics));
    }

    public static DeliveringWorker sharing(
            KafkaTopics topics, ShareLimits share, IntakeLimits limits, TransactionalPublisher publisher) {
        return new DeliveringWorker(
                new ShareIntake(
                        settings(topics, "consumer", limits),
                        share,
                        new MessageCodec(),
                        metrics(),
                        JobTraces.off(),
                        System::nanoTime),
                publisher);
    }

    private static IntakeSettings settings(KafkaTopics topics, String groupProtocol, IntakeLimits limits) {
        Map<String, Lane> lanes =
                Map.of(topics.names().urgent(), Lane.URGENT, topics.names().backfill(), Lane.BACKFILL);
        return new IntakeSettings(
                BrokerAccess.open(topics.bootstrapServers()), topics.group(), groupProtocol, lanes, limits);
    }

    private static TransactionalPublisher publisher(KafkaTopics topics) {
        return new TransactionalPublisher(topics.settings(), InstantSource.fixed(Instant.EPOCH), metrics());
    }

    public static WorkerMetrics metrics() {
        return new WorkerMetrics(new SimpleMeterRegistry());
    }

    public JobIntake intake() {
        return intake;
    }

    /** What was polled and not yet finished, in the order of the polls. */
    public List<PolledMessage.Valid> unfinished() {
        return List.copyOf(unfinished);
    }

    /** What was polled for the last time. */
    public List<PolledMessage.Exhausted> exhausted() {
        return List.copyOf(exhausted);
    }

    public List<String> unfinishedIds() {
        return unfinished.stream().map(message -> message.job().jobId()).toList();
    }

    /** One turn of the intake. */
    public void turn() {
        for (PolledMessage message : intake.poll(System.nanoTime())) {
            if (message instanceof PolledMessage.Exhausted last) {
                exhausted.add(last);
            } else {
                unfinished.add((PolledMessage.Valid) message);
            }
        }
    }

    /** Turns until the condition holds. */
    public void turnUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain; unfinished: " + unfinishedIds());
            }
            turn();
        }
    }

    public CommitTicket ticket(Collection<PolledMessage.Valid> finished) {
        List<Envelope> envelopes =
                finished.stream().map(PolledMessage.Valid::envelope).toList();
        CompletableFuture<CommitTicket> ticket = intake.complete(envelopes);
        turnUntil(ticket::isDone);
        return ticket.join();
    }

    /** Publishes with a ticket what it says is still ours. */
    public void publish(Collection<PolledMessage.Valid> finished, CommitTicket ticket) {
        List<Answer> answers = finished.stream()
                .filter(message -> ticket.owned().contains(message.envelope().position()))
                .map(DeliveringWorker::answer)
                .toList();
        publisher.publish(answers, ticket.snapshot());
        intake.published(finished.stream().map(PolledMessage.Valid::envelope).toList());
        unfinished.removeAll(finished);
    }

    /** Finishes these messages, as the delivery stage does; with none it asks for no ticket. */
    public void finish(Collection<PolledMessage.Valid> finished) {
        if (!finished.isEmpty()) {
            publish(finished, ticket(finished));
        }
    }

    /** Finishes these messages unless the broker refuses, as it may while partitions move; then they stay unfinished. */
    public void tryToFinish(Collection<PolledMessage.Valid> finished) {
        try {
            finish(finished);
        } catch (SegmentationException refused) {
            if (refused.code() != FailureCode.BROKER_UNAVAILABLE) {
                throw refused;
            }
        }
    }

    private static Answer answer(PolledMessage.Valid message) {
        OutgoingMessage result = new OutgoingMessage(
                MessageType.SEGMENTATION_RESULT,
                message.job().jobId() + "#0",
                message.job().imagingCase().id(),
                "{}".getBytes(StandardCharsets.UTF_8));
        return new Answer(message.envelope(), List.of(result));
    }

    /** Ends before its time; closing it once more does nothing. */
    public void leave() {
        if (!left) {
            left = true;
            intake.close();
            publisher.close();
        }
    }

    @Override
    public void close() {
        leave();
    }
}
