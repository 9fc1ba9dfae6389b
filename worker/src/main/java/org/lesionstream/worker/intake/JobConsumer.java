package org.lesionstream.worker.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.delivery.CommitTicket;
import org.lesionstream.worker.delivery.Envelope;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.delivery.OffsetSnapshot;
import org.lesionstream.worker.delivery.Position;
import org.lesionstream.worker.telemetry.JobTraces;
import org.lesionstream.worker.telemetry.WorkerMetric;
import org.lesionstream.worker.telemetry.WorkerMetrics;

/**
 * Takes jobs from Kafka as a member of a consumer group, one poll per call, and turns finished ones into leave to commit; sole owner of
 * the consumer.
 *
 * <ul>
 *   <li>Threads: {@link #complete} and {@link #inFlight} may be called from any thread. Everything else is confined to the
 *       intake thread, and with it consumer and ledger. Every call of {@link #poll} also answers what was completed.
 *   <li>Delivery: a message that the committed offset or its metadata says is finished is passed over. Every other one is
 *       returned once per assignment of its partition, and must be completed once, also after its partition moved away.
 *   <li>Rebalance: when a partition is revoked or lost, its assignment ends at once, and whatever was polled from it is
 *       answered by the next owner. A transaction that is under way at that moment is either waited for by the next owner,
 *       which reads stable offsets only, or refused by the broker for its old generation.
 *   <li>Back-pressure: a lane that is full is paused while the polls go on, so that the group stays as it is; see {@link
 *       IntakeGate}. At most {@link IntakeLimits#mostInFlight} messages of a lane are in the worker.
 *   <li>Offsets are committed by the publisher alone, in the transaction of the answers, never by this consumer.
 * </ul>
 */
public final class JobConsumer implements JobIntake {
    private static final Duration WAIT = Duration.ofMillis(100);
    /** Between two polls while a lane is paused: what a message of the other lane waits for, at most. */
    private static final Duration PAUSED_WAIT = Duration.ofMillis(20);

    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);
    private static final long LAG_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private final IntakeSettings settings;
    private final JobReader reader;
    private final WorkerMetrics metrics;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final IntakeGate gate;
    private final LaneLoad load;
    private final PartitionClaims claims;
    private final PollAlarm alarm;
    private final OffsetLedger ledger = new OffsetLedger();
    private final CompletionQueue completions = new CompletionQueue();
    private boolean draining;
    private OptionalLong lagReadNanos = OptionalLong.empty();

    /** Joins the group with the first poll. */
    public JobConsumer(IntakeSettings settings, MessageCodec codec, WorkerMetrics metrics, JobTraces traces) {
        this.settings = settings;
        this.reader = new JobReader(codec, settings.limits().maxMessageBytes(), traces);
        this.metrics = metrics;
        this.gate = new IntakeGate(settings.limits().maxInFlight());
        this.load = LaneLoad.withLag(metrics);
        this.consumer = new KafkaConsumer<>(ConsumerProperties.of(settings));
        metrics.consumer().follow(consumer::metrics);
        this.claims = new PartitionClaims(consumer, ledger, metrics);
        this.alarm = new PollAlarm(consumer::wakeup);
    }

    /** Takes part in the group, takes messages, each partition in its order, and answers completions. */
    @Override
    public List<PolledMessage> poll(long nowNanos) {
        if (consumer.subscription().isEmpty()) { // not before: the topics may be made after this object
            consumer.subscribe(settings.lanes().keySet(), claims);
        }
        claims.claim();
        boolean paused = steer();
        List<PolledMessage> messages = new ArrayList<>();
        // with records of a paused partition in its buffer the client's poll does not wait, it spins
        boolean undisturbed = take(paused ? Duration.ZERO : WAIT, nowNanos, messages);
        while (undisturbed && alarm.rings()) { // too late: it must not interrupt another call of the consumer
            undisturbed = take(Duration.ZERO, nowNanos, messages);
        }
        if (paused && messages.isEmpty()) {
            awaitCompletions();
        }
        answerCompletions();
        readLag(nowNanos);
        return messages;
    }

    private void awaitCompletions() {
        try {
            alarm.await(PAUSED_WAIT, () -> !completions.isEmpty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the next poll of the client ends the loop
        }
    }

    @Override
    public void drain() {
        draining = true;
    }

    @Override
    public int inFlight(Lane lane) {
        return load.inFlight(lane);
    }

    /** Interrupts a waiting poll, so that the answer does not wait for it. */
    @Override
    public CompletableFuture<CommitTicket> complete(List<Envelope> finished) {
        CompletableFuture<CommitTicket> ticket = completions.add(finished);
        alarm.ring();
        return ticket;
    }

    /** Nothing is left to do: the offsets were committed with the answers. */
    @Override
    public void published(List<Envelope> answered) {}

    /** Leaves the group. Completions that were not answered fail. */
    @Override
    public void close() {
        completions.close();
        consumer.close(CloseOptions.timeout(CLOSE_WAIT));
    }

    /** Takes what there is, waiting at most so long; false if completions interrupted it. */
    private boolean take(Duration wait, long nowNanos, List<PolledMessage> messages) {
        alarm.set();
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(completions.isEmpty() ? wait : Duration.ZERO);
            for (ConsumerRecord<byte[], byte[]> kafkaRecord : records) {
                take(kafkaRecord, nowNanos, messages);
            }
            records.nextOffsets()
                    .forEach(
                            (partition, next) -> ledger.reach(partition.topic(), partition.partition(), next.offset()));
            return true;
        } catch (WakeupException interrupted) {
            return false;
        } finally {
            alarm.unset();
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> kafkaRecord, long nowNanos, List<PolledMessage> messages) {
        OptionalLong assignment =
                ledger.open(new Position(kafkaRecord.topic(), kafkaRecord.partition(), kafkaRecord.offset()));
        if (assignment.isEmpty()) {
            metrics.count(WorkerMetric.MESSAGES_SKIPPED, 1);
            return;
        }
        Lane lane = settings.lanes().get(kafkaRecord.topic());
        PolledMessage message = reader.read(kafkaRecord, lane, assignment.getAsLong(), nowNanos);
        load.handedOut(message.envelope());
        messages.add(message);
        metrics.count(WorkerMetric.MESSAGES_POLLED, 1, lane);
        if (message instanceof PolledMessage.Refused refused) {
            metrics.count(WorkerMetric.MESSAGES_REFUSED, 1, refused.code());
        }
    }

    /** Pauses what has no room or is not claimed yet, resumes the rest; says whether anything is paused. */
    private boolean steer() {
        EnumMap<Lane, Integer> inFlight = new EnumMap<>(Lane.class);
        for (Lane lane : Lane.values()) {
            inFlight.put(lane, load.inFlight(lane));
        }
        Set<Lane> open = draining ? EnumSet.noneOf(Lane.class) : gate.decide(inFlight);
        load.open(open);
        Set<TopicPartition> pause = new HashSet<>();
        Set<TopicPartition> resume = new HashSet<>();
        Set<TopicPartition> paused = consumer.paused();
        boolean anyPaused = false;
        for (TopicPartition partition : consumer.assignment()) {
            boolean wanted =
                    claims.claimed(partition) && open.contains(settings.lanes().get(partition.topic()));
            if (wanted == paused.contains(partition)) {
                (wanted ? resume : pause).add(partition);
            }
            anyPaused |= !wanted;
        }
        consumer.pause(pause);
        consumer.resume(resume);
        return anyPaused;
    }

    private void answerCompletions() {
        if (completions.isEmpty()) {
            return;
        }
        ConsumerGroupMetadata member = consumer.groupMetadata();
        if (member.generationId() < 0 || member.memberId().isEmpty()) {
            return; // no member yet: the broker could not tell our commit from a stranger's
        }
        completions.answer(finished -> ticket(finished, member));
    }

    private CommitTicket ticket(List<Envelope> finished, ConsumerGroupMetadata member) {
        Set<Position> owned = new HashSet<>();
        for (Envelope envelope : finished) {
            load.handedBack(envelope);
            if (ledger.finish(envelope.position(), envelope.assignment())) {
                owned.add(envelope.position());
            }
        }
        OffsetSnapshot snapshot =
                new OffsetSnapshot(ledger.snapshot(owned), member.groupId(), member.memberId(), member.generationId());
        return new CommitTicket(Optional.of(snapshot), owned);
    }

    /** The client answers from what it fetched last, but through its network thread: once a second is enough. */
    private void readLag(long nowNanos) {
        if (lagReadNanos.isPresent() && nowNanos - lagReadNanos.getAsLong() < LAG_INTERVAL_NANOS) {
            return;
        }
        lagReadNanos = OptionalLong.of(nowNanos);
        EnumMap<Lane, Long> lag = new EnumMap<>(Lane.class);
        for (TopicPartition partition : consumer.assignment()) {
            lag.merge(
                    settings.lanes().get(partition.topic()),
                    consumer.currentLag(partition).orElse(0),
                    Long::sum);
        }
        load.lag(lag);
    }
}
