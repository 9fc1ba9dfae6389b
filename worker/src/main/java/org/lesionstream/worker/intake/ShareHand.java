package org.lesionstream.worker.intake;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.delivery.Position;

/**
 * One share consumer and the messages that it holds, on a thread of its own.
 *
 * <ol>
 *   <li>waits until its lane is open, and then for messages;
 *   <li>lays them on the {@link ShareTable};
 *   <li>accepts each when its answer is published, and renews the locks of the others well before they end;
 *   <li>begins again when it holds none.
 * </ol>
 *
 * <ul>
 *   <li>Kafka's client fetches nothing new while a message that it gave out is not acknowledged for good, so there are several hands per
 *       lane: while one has a slow job, others go on.
 *   <li>Once it has asked for messages it goes on asking, also when its lane closes: the client may have been given some meanwhile, and
 *       nobody would renew their locks.
 *   <li>A lock that is lost, as when a broker restarts, ends nothing here: the work goes on, and the message is acknowledged by whichever
 *       worker is given it next.
 *   <li>On its end the client releases what it holds, and other workers are given that at once.
 *   <li>Consumer and messages are confined to the hand's thread.
 * </ul>
 */
final class ShareHand implements Runnable {
    private static final Logger LOG = Logger.getLogger(ShareHand.class);

    /** Long, since each poll that begins while the broker is answering an earlier one may make the client fetch ahead. */
    private static final Duration POLL_WAIT = Duration.ofSeconds(5);

    private static final Duration COMMIT_WAIT = Duration.ofSeconds(5);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(3);
    /** The least that a broker allows, unless it says otherwise with the messages. */
    private static final int LOCK_MILLIS = 15_000;
    /** Renewals that may fail within the time of one lock. */
    private static final int RENEWALS = 3;

    private final ShareConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final Lane lane;
    private final ShareTable table;
    private final LongSupplier clock;
    private final PollAlarm alarm;
    private final Map<Position, ConsumerRecord<byte[], byte[]>> held = new LinkedHashMap<>(); // in their order
    /** When the locks of the held messages began, at the earliest. */
    private long lockedNanos;

    ShareHand(ShareConsumer<byte[], byte[]> consumer, String topic, Lane lane, ShareTable table, LongSupplier clock) {
        this.consumer = consumer;
        this.topic = topic;
        this.lane = lane;
        this.table = table;
        this.clock = clock;
        this.alarm = new PollAlarm(consumer::wakeup);
    }

    /** Ends a wait for messages, after the table was told to drain; from any thread. */
    void wake() {
        alarm.ring();
    }

    @Override
    public void run() {
        try {
            consumer.subscribe(Set.of(topic));
            lockedNanos = clock.getAsLong();
            while (table.awaitOpen(lane)) {
                deal();
                while (!held.isEmpty() && !table.closed()) {
                    answer();
                }
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("A share consumer was interrupted");
        } catch (RuntimeException | Error e) {
            table.failed(e);
        } finally {
            close();
        }
    }

    /** Waits for messages and lays them on the table. */
    private void deal() {
        while (held.isEmpty() && !table.draining()) {
            ConsumerRecords<byte[], byte[]> messages = poll();
            hold(messages);
            if (!held.isEmpty() && renewalDue()) {
                renew(); // they may have waited in the client since the last poll, and be another worker's by now
            }
            if (held.isEmpty()) {
                lockedNanos = clock.getAsLong();
            }
        }
        table.lay(held.values());
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        alarm.set();
        try {
            return table.draining() ? ConsumerRecords.empty() : consumer.poll(POLL_WAIT);
        } catch (WakeupException drained) {
            return ConsumerRecords.empty();
        } finally {
            alarm.unset();
        }
    }

    /** Waits for answers or for the time of the next renewal, and tells the broker. */
    private void answer() throws InterruptedException {
        Set<Position> answered = table.awaitAnswered(held.keySet(), lockedNanos + renewEveryNanos());
        answered.forEach(position -> consumer.acknowledge(held.remove(position), AcknowledgeType.ACCEPT));
        boolean doubtful = !answered.isEmpty() && !renewalDue() && !commit().isEmpty(); // so may be the other locks
        if ((doubtful || renewalDue()) && !table.closed()) {
            renew();
        }
        if (held.isEmpty()) {
            lockedNanos = clock.getAsLong();
        }
    }

    /** Renews the locks of all held messages, and keeps those that are still its own. */
    private void renew() {
        long beganNanos = clock.getAsLong();
        held.values().forEach(message -> consumer.acknowledge(message, AcknowledgeType.RENEW));
        Set<Integer> refused = commit();
        held.keySet().removeIf(position -> refused.contains(position.partition()));
        if (!held.isEmpty()) {
            Set<Position> before = Set.copyOf(held.keySet());
            ConsumerRecords<byte[], byte[]> renewed =
                    consumer.poll(Duration.ZERO); // the client gives out what it renewed
            held.clear();
            hold(renewed);
            table.lay(held.values().stream()
                    .filter(message -> !before.contains(ShareTable.position(message)))
                    .toList());
        }
        lockedNanos = beganNanos;
    }

    /** Commits the acknowledgements, and says for which partitions they were refused: all of a partition or none. */
    private Set<Integer> commit() {
        Set<Integer> refused = new HashSet<>();
        Map<TopicIdPartition, Optional<KafkaException>> ends = consumer.commitSync(COMMIT_WAIT);
        ends.forEach((partition, refusal) -> refusal.ifPresent(why -> {
            LOG.infof(
                    "Acknowledgements for %s-%d were refused (%s); the messages are delivered again",
                    partition.topic(), partition.partition(), why.getClass().getSimpleName());
            refused.add(partition.partition());
        }));
        return refused;
    }

    private void hold(ConsumerRecords<byte[], byte[]> messages) {
        messages.forEach(message -> held.put(ShareTable.position(message), message));
    }

    private boolean renewalDue() {
        return clock.getAsLong() - lockedNanos >= renewEveryNanos();
    }

    private long renewEveryNanos() {
        return Duration.ofMillis(consumer.acquisitionLockTimeoutMs().orElse(LOCK_MILLIS))
                .dividedBy(RENEWALS)
                .toNanos();
    }

    private void close() {
        try {
            consumer.close(CLOSE_WAIT);
        } catch (KafkaException e) {
            LOG.warnf(
                    "A share consumer did not leave its group in order (%s); the broker releases what it held",
                    e.getClass().getSimpleName());
        }
    }
}
