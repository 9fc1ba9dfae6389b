package org.lesionstream.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.delivery.CommitTicket;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.testing.DeliveringWorker;
import org.lesionstream.worker.testing.KafkaTopics;

/** Intake and publisher together on a real broker. */
class JobConsumerIT {
    private static final IntakeLimits LIMITS = new IntakeLimits(64, 64, 1 << 20);

    private static LocalBroker broker;

    @BeforeAll
    static void start(@TempDir Path folder) {
        broker = LocalBroker.start(folder);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void aRestartNeitherRepeatsNorWaitsForWhatWasFinishedOutOfOrder(String protocol) {
        try (KafkaTopics topics = new KafkaTopics(broker.bootstrapServers(), 1)) {
            topics.submit(Lane.URGENT, 0, 6);
            try (DeliveringWorker worker = new DeliveringWorker(topics, protocol, LIMITS)) {
                worker.turnUntil(() -> worker.unfinished().size() == 6);
                List<PolledMessage.Valid> polled = worker.unfinished();
                worker.finish(List.of(polled.get(2), polled.get(0)));
                worker.finish(List.of(polled.get(3)));
                assertThat(worker.ticket(List.of()).snapshot().orElseThrow().offsets())
                        .isEmpty();
            }
            try (DeliveringWorker next = new DeliveringWorker(topics, protocol, LIMITS)) {
                topics.submit(Lane.URGENT, 6, 7);
                next.turnUntil(() -> next.unfinishedIds().contains("j-6"));
                assertThat(next.unfinishedIds()).containsExactly("j-1", "j-4", "j-5", "j-6");
                CommitTicket ticket = next.ticket(next.unfinished());
                assertThat(ticket.snapshot().orElseThrow().offsets())
                        .singleElement()
                        .satisfies(committed -> assertThat(committed.offset()).isEqualTo(7))
                        .satisfies(committed -> assertThat(committed.metadata()).isEmpty());
                next.publish(next.unfinished(), ticket);
            }
            assertThat(publishedIds(topics))
                    .containsExactlyInAnyOrder("j-0#0", "j-1#0", "j-2#0", "j-3#0", "j-4#0", "j-5#0", "j-6#0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void aWorkerThatLeavesLosesNothingAndRepeatsNothing(String protocol) {
        try (KafkaTopics topics = new KafkaTopics(broker.bootstrapServers(), 4);
                DeliveringWorker stays = new DeliveringWorker(topics, protocol, LIMITS);
                DeliveringWorker leaves = new DeliveringWorker(topics, protocol, LIMITS)) {
            int jobs = 0;
            while (leaves.unfinished().isEmpty() || stays.unfinished().isEmpty()) { // until both have partitions
                topics.submit(Lane.BACKFILL, jobs, jobs + 8);
                jobs += 8;
                stays.turn();
                leaves.turn();
                stays.tryToFinish(everyOther(stays.unfinished()));
                leaves.tryToFinish(everyOther(leaves.unfinished()));
                assertThat(jobs).as("submitted before both had work").isLessThan(10_000);
            }
            List<PolledMessage.Valid> abandoned = leaves.unfinished();
            leaves.leave();
            Set<String> expected = new HashSet<>();
            for (int i = 0; i < jobs; i++) {
                expected.add("j-" + i + "#0");
            }
            stays.turnUntil(() -> {
                stays.tryToFinish(stays.unfinished());
                return Set.copyOf(publishedIds(topics)).containsAll(expected);
            });
            assertThat(abandoned).isNotEmpty();
            assertThat(publishedIds(topics)).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void refusesAnswersOfAWorkerWhosePartitionsMovedAway(String protocol) {
        try (KafkaTopics topics = new KafkaTopics(broker.bootstrapServers(), 1);
                DeliveringWorker zombie = new DeliveringWorker(topics, protocol, LIMITS);
                DeliveringWorker owner = new DeliveringWorker(topics, protocol, LIMITS)) {
            topics.submit(Lane.URGENT, 0, 2);
            zombie.turnUntil(() -> zombie.unfinished().size() == 2);
            CommitTicket stale = zombie.ticket(zombie.unfinished());
            assertThat(stale.owned()).hasSize(2);
            zombie.intake().close(); // the group takes it for gone; its publisher does not know yet
            owner.turnUntil(() -> owner.unfinished().size() == 2);

            assertThatThrownBy(() -> zombie.publish(zombie.unfinished(), stale))
                    .isInstanceOfSatisfying(SegmentationException.class, refused -> assertThat(refused.code())
                            .isEqualTo(FailureCode.BROKER_UNAVAILABLE));
            assertThat(publishedIds(topics)).isEmpty();

            owner.finish(owner.unfinished());
            assertThat(publishedIds(topics)).containsExactlyInAnyOrder("j-0#0", "j-1#0");
        }
    }

    @Test
    void pausesAFullLaneAndGoesOnWithTheOther() {
        try (KafkaTopics topics = new KafkaTopics(broker.bootstrapServers(), 1);
                DeliveringWorker worker = new DeliveringWorker(topics, "consumer", new IntakeLimits(4, 2, 1 << 20))) {
            topics.submit(Lane.BACKFILL, 0, 20);
            worker.turnUntil(() -> worker.unfinished().size() >= 4);
            topics.submit(Lane.URGENT, 20, 21);
            worker.turnUntil(() -> worker.unfinishedIds().contains("j-20"));
            assertThat(worker.intake().inFlight(Lane.BACKFILL)).isBetween(4, 5);
            assertThat(worker.intake().inFlight(Lane.URGENT)).isEqualTo(1);
            Set<String> done = new HashSet<>();
            while (done.size() < 21) {
                done.addAll(worker.unfinishedIds());
                worker.finish(worker.unfinished());
                worker.turn();
                assertThat(worker.intake().inFlight(Lane.BACKFILL)).isLessThanOrEqualTo(5);
            }
            assertThat(publishedIds(topics)).hasSize(21);
        }
    }

    @Test
    void takesNothingMoreWhileDrainingButStillCommits() {
        try (KafkaTopics topics = new KafkaTopics(broker.bootstrapServers(), 1);
                DeliveringWorker worker = new DeliveringWorker(topics, "consumer", LIMITS)) {
            topics.submit(Lane.URGENT, 0, 2);
            worker.turnUntil(() -> worker.unfinished().size() == 2);
            worker.intake().drain();
            topics.submit(Lane.URGENT, 2, 4);
            worker.finish(worker.unfinished());
            for (int i = 0; i < 10; i++) {
                worker.turn();
            }
            assertThat(worker.unfinished()).isEmpty();
            assertThat(publishedIds(topics)).containsExactlyInAnyOrder("j-0#0", "j-1#0");
        }
    }

    @Test
    void marksOfTransactionsDoNotHoldTheOffsetBack() {
        try (KafkaTopics topics = new KafkaTopics(broker.bootstrapServers(), 1);
                DeliveringWorker worker = new DeliveringWorker(topics, "consumer", LIMITS)) {
            submitInTransactions(topics, 3); // offsets 0, 2 and 4 are jobs, 1, 3 and 5 are marks
            worker.turnUntil(() -> worker.unfinished().size() == 3);
            List<PolledMessage.Valid> polled = worker.unfinished();
            CommitTicket lastTwo = worker.ticket(polled.subList(1, 3));
            assertThat(lastTwo.snapshot().orElseThrow().offsets().get(0).offset())
                    .isZero();
            worker.publish(polled.subList(1, 3), lastTwo);
            CommitTicket all = worker.ticket(polled.subList(0, 1));
            assertThat(all.snapshot().orElseThrow().offsets().get(0).offset()).isBetween(5L, 6L);
            worker.publish(polled.subList(0, 1), all);
        }
    }

    private static void submitInTransactions(KafkaTopics topics, int jobs) {
        Map<String, Object> properties = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                topics.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                topics.group() + "-jobs",
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties)) {
            producer.initTransactions();
            for (int i = 0; i < jobs; i++) {
                producer.beginTransaction();
                byte[] value = new MessageCodec().write(KafkaTopics.job("j-" + i));
                var sent = producer.send(new ProducerRecord<>(topics.names().urgent(), value));
                producer.commitTransaction();
                assertThat(sent).isDone();
            }
        }
    }

    private static List<PolledMessage.Valid> everyOther(List<PolledMessage.Valid> messages) {
        List<PolledMessage.Valid> some = new ArrayList<>();
        for (int i = 1; i < messages.size(); i += 2) {
            some.add(messages.get(i));
        }
        return some;
    }

    private static List<String> publishedIds(KafkaTopics topics) {
        return topics.committed(topics.names().results()).stream()
                .map(message -> new String(message.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
                .toList();
    }
}
