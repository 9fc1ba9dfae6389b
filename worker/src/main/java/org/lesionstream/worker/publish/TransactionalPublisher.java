package org.lesionstream.worker.publish;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.delivery.Answer;
import org.lesionstream.worker.delivery.OffsetSnapshot;
import org.lesionstream.worker.delivery.OutgoingMessage;
import org.lesionstream.worker.delivery.PartitionOffset;
import org.lesionstream.worker.delivery.Position;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.telemetry.WorkerMetric;
import org.lesionstream.worker.telemetry.WorkerMetrics;

/**
 * Publishes answers together with the offsets of what they answer, in one Kafka transaction per call. Without offsets it publishes the
 * answers alone.
 *
 * <ul>
 *   <li>All or nothing for readers that read committed messages.
 *   <li>A failure leaves nothing behind: the transaction is aborted, and where even that fails the producer is made anew
 *       under the same transactional id, which makes the coordinator end the old transaction first. The caller asks for a
 *       fresh ticket and calls again with the answers that are still its own.
 *   <li>A lost answer to a commit is not guessed at: the next call first finds out whether the transaction was committed, and
 *       then publishes only what was not. See {@link CommittedOffsets}. Without offsets nobody but the producer that asked for
 *       the commit can tell; if it is no more, the answers are published again, under the same ids.
 *   <li>A message is answered once, also when it was polled again under a second assignment while the work on the first was
 *       still going on, and both end in the same call.
 *   <li>Offsets carry the member's name and generation, so the broker refuses a worker whose partitions moved away.
 *   <li>Confined to one thread. A call blocks for at most a few of the timeouts in {@link ProducerProperties}.
 * </ul>
 */
public final class TransactionalPublisher implements AnswerPublisher {
    private static final Logger LOG = Logger.getLogger(TransactionalPublisher.class);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    /** A transaction whose commit was asked for and whose end is not known. */
    private record Unsettled(Set<Position> answered, Optional<OffsetSnapshot> offsets) {}

    private final PublisherSettings settings;
    private final InstantSource clock;
    private final WorkerMetrics metrics;
    private final CommittedOffsets committedOffsets;
    private final Function<Map<String, Object>, KafkaProducer<String, byte[]>> producers;
    private Optional<KafkaProducer<String, byte[]>> producer = Optional.empty();
    private Optional<Unsettled> unsettled = Optional.empty();
    /** What a lost commit turned out to have published, until the caller knows. */
    private Set<Position> published = Set.of();

    /** Connects at the first call of {@link #publish}. */
    public TransactionalPublisher(PublisherSettings settings, InstantSource clock, WorkerMetrics metrics) {
        this(settings, clock, metrics, KafkaProducer::new);
    }

    /** For producers that fail on purpose. */
    TransactionalPublisher(
            PublisherSettings settings,
            InstantSource clock,
            WorkerMetrics metrics,
            Function<Map<String, Object>, KafkaProducer<String, byte[]>> producers) {
        this.settings = settings;
        this.producers = producers;
        this.clock = clock;
        this.metrics = metrics;
        this.committedOffsets = new CommittedOffsets(settings.broker());
    }

    @Override
    public void publish(List<Answer> answers, Optional<OffsetSnapshot> offsets) {
        try {
            settle();
            Map<Position, Answer> due = new LinkedHashMap<>();
            for (Answer answer : answers) {
                Position position = answer.envelope().position();
                if (!published.contains(position)) {
                    due.putIfAbsent(position, answer);
                }
            }
            if (!due.isEmpty()) {
                transact(List.copyOf(due.values()), offsets);
            }
            published = Set.of();
        } catch (KafkaException | IllegalStateException e) {
            throw new SegmentationException(FailureCode.BROKER_UNAVAILABLE, "publish", e);
        }
    }

    /** Ends the producer; a transaction that is under way is left to its timeout. */
    @Override
    public void close() {
        producer.ifPresent(open -> open.close(CLOSE_WAIT));
        producer = Optional.empty();
    }

    private void transact(List<Answer> answers, Optional<OffsetSnapshot> offsets) {
        KafkaProducer<String, byte[]> open = producer();
        try {
            open.beginTransaction();
            for (Answer answer : answers) {
                for (OutgoingMessage message : answer.messages()) {
                    send(open, toKafka(answer, message));
                }
            }
            offsets.ifPresent(snapshot -> open.sendOffsetsToTransaction(offsets(snapshot), member(snapshot)));
        } catch (KafkaException | IllegalStateException e) {
            abort(e);
            throw e;
        }
        commit(open, answers, offsets);
    }

    /** A failed send comes out at the commit, which waits for all of them. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void send(KafkaProducer<String, byte[]> open, ProducerRecord<String, byte[]> message) {
        open.send(message);
    }

    private void commit(KafkaProducer<String, byte[]> open, List<Answer> answers, Optional<OffsetSnapshot> offsets) {
        Set<Position> positions = new HashSet<>();
        answers.forEach(answer -> positions.add(answer.envelope().position()));
        unsettled = Optional.of(new Unsettled(positions, offsets));
        try {
            open.commitTransaction();
        } catch (TimeoutException | InterruptException e) {
            LOG.warn("The end of a transaction is not known yet; it is found out before the next one");
            throw e;
        } catch (KafkaException e) {
            if (abort(e)) {
                unsettled = Optional.empty();
            }
            throw e;
        }
        unsettled = Optional.empty();
        metrics.count(WorkerMetric.TRANSACTIONS, 1, "committed");
        for (Answer answer : answers) {
            answer.messages().forEach(message -> metrics.count(WorkerMetric.MESSAGES_PUBLISHED, 1, message.type()));
        }
    }

    /** Finds out how the last transaction ended, if that is not known. */
    private void settle() {
        if (unsettled.isEmpty()) {
            return;
        }
        Unsettled last = unsettled.get();
        boolean committed = finishCommit();
        if (!committed) {
            producer(); // initialising under the same id ends the old transaction, one way or the other
            committed = last.offsets().map(committedOffsets::contain).orElse(false);
        }
        if (!committed && last.offsets().isEmpty()) {
            LOG.info("The end of a transaction stays unknown; its answers are published again under the same ids");
        } else {
            LOG.infof("The transaction whose end was not known was %s", committed ? "committed" : "aborted");
            metrics.count(WorkerMetric.TRANSACTIONS, 1, committed ? "recovered" : "aborted");
        }
        published = committed ? last.answered() : published;
        unsettled = Optional.empty();
    }

    /** Asks the producer that is still at it for the commit again; false if there is none that could tell. */
    private boolean finishCommit() {
        if (producer.isEmpty()) {
            return false;
        }
        try {
            producer.get().commitTransaction();
            return true;
        } catch (TimeoutException | InterruptException e) {
            throw e;
        } catch (KafkaException | IllegalStateException e) {
            discard(e);
            return false;
        }
    }

    /** Aborts the transaction; false if its end is not known after that. */
    private boolean abort(Exception cause) {
        try {
            producer.orElseThrow().abortTransaction();
            LOG.warnf("A transaction was aborted: %s", cause.getClass().getSimpleName());
            metrics.count(WorkerMetric.TRANSACTIONS, 1, "aborted");
            return true;
        } catch (KafkaException | IllegalStateException e) {
            discard(cause);
            return false;
        }
    }

    private void discard(Exception cause) {
        LOG.warnf("The producer is made anew: %s", cause.getClass().getSimpleName());
        metrics.count(WorkerMetric.TRANSACTIONS, 1, "fenced");
        producer.ifPresent(open -> open.close(Duration.ZERO));
        producer = Optional.empty();
    }

    private KafkaProducer<String, byte[]> producer() {
        if (producer.isEmpty()) {
            KafkaProducer<String, byte[]> fresh = producers.apply(ProducerProperties.transactional(settings));
            try {
                fresh.initTransactions();
            } catch (KafkaException e) {
                fresh.close(Duration.ZERO);
                throw e;
            }
            metrics.producer().follow(fresh::metrics);
            producer = Optional.of(fresh);
        }
        return producer.get();
    }

    private ProducerRecord<String, byte[]> toKafka(Answer answer, OutgoingMessage message) {
        CloudEventHeaders headers = new CloudEventHeaders(
                message.id(),
                message.type().ceType(),
                settings.source().toString(),
                Optional.of(clock.instant()),
                answer.envelope().traceParent());
        String topic = settings.topics().topic(message.type(), answer.envelope().lane());
        return new ProducerRecord<>(topic, null, message.key(), message.value(), headers.toKafka());
    }

    /**
     * The group metadata from plain values. Kafka 4 would rather see the consumer's own object, but that would hand a piece
     * of the intake's consumer to this thread; the constructor is the only other way.
     */
    @SuppressWarnings("removal")
    private static ConsumerGroupMetadata member(OffsetSnapshot snapshot) {
        return new ConsumerGroupMetadata(
                snapshot.groupId(), snapshot.generation(), snapshot.memberId(), Optional.empty());
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(OffsetSnapshot snapshot) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (PartitionOffset offset : snapshot.offsets()) {
            offsets.put(
                    new TopicPartition(offset.topic(), offset.partition()),
                    new OffsetAndMetadata(offset.offset(), offset.metadata()));
        }
        return offsets;
    }
}
