package org.lesionstream.worker.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.jboss.logging.Logger;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.delivery.CommitTicket;
import org.lesionstream.worker.delivery.Envelope;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.delivery.Position;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.telemetry.JobTraces;
import org.lesionstream.worker.telemetry.WorkerMetric;
import org.lesionstream.worker.telemetry.WorkerMetrics;

/**
 * Takes jobs from Kafka as a member of a share group (KIP-932): the workers share a topic message by message, however many partitions it
 * has.
 *
 * <ul>
 *   <li>Delivery: a message is this worker's for the time of a lock, which is renewed (KIP-1222) while the work goes on. It is accepted
 *       after its answer is published; a crash between the two brings it back, and the same answer is published again.
 *   <li>Every answer is published, also when the lock was lost: if the broker had counted the last delivery of the message, nobody else
 *       would answer it.
 *   <li>Of a message that the broker delivers for the last time there is a {@link PolledMessage.Exhausted}.
 *   <li>Back-pressure: each {@link ShareHand} takes nothing while it holds messages, and all of a lane hold at most {@link
 *       IntakeLimits#maxInFlight}. A job whose lock was lost is in work beside them; with those, too, the pipeline lets in no more than
 *       its hand-offs hold. A lane that {@link IntakeGate} closes begins no hand; what its idle hands have asked for already
 *       still comes in.
 *   <li>Nobody but an administrator is told how much waits on Kafka for a share group, so there is no lag here.
 *   <li>Threads: one per hand; table and gate as they say. The intake thread alone polls, drains and closes.
 * </ul>
 */
public final class ShareIntake implements JobIntake {
    private static final Logger LOG = Logger.getLogger(ShareIntake.class);
    private static final Duration WAIT = Duration.ofMillis(100);
    /** For all hands together; longer than one takes to leave its group while the broker is away. */
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(4);

    private final IntakeSettings settings;
    private final ShareLimits share;
    private final int hand;
    private final JobReader reader;
    private final WorkerMetrics metrics;
    private final LongSupplier clock;
    private final IntakeGate gate;
    private final LaneLoad load;
    private final ShareTable table;
    private final ConcurrentLinkedQueue<Envelope> answered = new ConcurrentLinkedQueue<>();
    private final List<ShareHand> hands = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private long deliveries;

    /**
     * Joins the group with the first poll.
     *
     * @param clock monotonic nanoseconds
     */
    public ShareIntake(
            IntakeSettings settings,
            ShareLimits share,
            MessageCodec codec,
            WorkerMetrics metrics,
            JobTraces traces,
            LongSupplier clock) {
        this.settings = settings;
        this.share = share;
        this.hand = share.hand(settings.limits());
        this.reader = new JobReader(codec, settings.limits().maxMessageBytes(), traces);
        this.metrics = metrics;
        this.clock = clock;
        this.gate = new IntakeGate(settings.limits().maxInFlight());
        this.load = new LaneLoad(metrics);
        this.table = new ShareTable(clock);
    }

    /** @throws IllegalStateException if a share consumer has failed */
    @Override
    public List<PolledMessage> poll(long nowNanos) {
        if (threads.isEmpty()) { // not before: the topics may be made after this object
            begin();
        }
        for (Envelope done = answered.poll(); done != null; done = answered.poll()) {
            load.handedBack(done);
        }
        steer();
        List<PolledMessage> messages = new ArrayList<>();
        try {
            for (ConsumerRecord<byte[], byte[]> delivered : table.take(WAIT)) {
                messages.add(read(delivered, nowNanos));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the loop ends with its next wait
        }
        return messages;
    }

    @Override
    public void drain() {
        table.drain();
        hands.forEach(ShareHand::wake);
    }

    @Override
    public int inFlight(Lane lane) {
        return load.inFlight(lane);
    }

    /** Leave without offsets, at once and for all of them. */
    @Override
    public CompletableFuture<CommitTicket> complete(List<Envelope> finished) {
        if (table.closed()) {
            return CompletableFuture.failedFuture(new SegmentationException(FailureCode.INTERNAL_ERROR, "intake"));
        }
        return CompletableFuture.completedFuture(new CommitTicket(Optional.empty(), positions(finished)));
    }

    @Override
    public void published(List<Envelope> published) {
        answered.addAll(published);
        table.answered(positions(published));
    }

    /** Leaves the group. What is held is released, and delivered to others at once. */
    @Override
    public void close() {
        table.close();
        hands.forEach(ShareHand::wake);
        long deadline = clock.getAsLong() + CLOSE_WAIT.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(
                        1, Duration.ofNanos(deadline - clock.getAsLong()).toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Thread thread : threads) {
            if (thread.isAlive()) {
                LOG.warnf("%s did not end in time and is interrupted", thread.getName());
                thread.interrupt();
            }
        }
    }

    private void begin() {
        settings.lanes().forEach((topic, lane) -> {
            for (int i = 0; i < share.consumers(); i++) {
                ShareHand next = new ShareHand(
                        new KafkaShareConsumer<>(ConsumerProperties.share(settings, hand)), topic, lane, table, clock);
                hands.add(next);
                threads.add(new Thread(next, "share-" + threads.size()));
            }
        });
        threads.forEach(Thread::start);
    }

    private void steer() {
        EnumMap<Lane, Integer> inFlight = new EnumMap<>(Lane.class);
        for (Lane lane : Lane.values()) {
            inFlight.put(lane, load.inFlight(lane));
        }
        Set<Lane> open = table.draining() ? EnumSet.noneOf(Lane.class) : gate.decide(inFlight);
        load.open(open);
        table.open(open);
    }

    private PolledMessage read(ConsumerRecord<byte[], byte[]> delivered, long nowNanos) {
        deliveries++;
        Lane lane = settings.lanes().get(delivered.topic());
        PolledMessage message = reader.read(delivered, lane, deliveries, nowNanos);
        load.handedOut(message.envelope());
        metrics.count(WorkerMetric.MESSAGES_POLLED, 1, lane);
        if (message instanceof PolledMessage.Refused refused) {
            metrics.count(WorkerMetric.MESSAGES_REFUSED, 1, refused.code());
        }
        int count = delivered.deliveryCount().orElse((short) 1);
        return message instanceof PolledMessage.Valid valid && count >= share.deliveries()
                ? new PolledMessage.Exhausted(valid.envelope(), valid.job(), count)
                : message;
    }

    private static Set<Position> positions(List<Envelope> envelopes) {
        Set<Position> positions = new HashSet<>();
        envelopes.forEach(envelope -> positions.add(envelope.position()));
        return positions;
    }
}
