package org.lesionstream.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.testing.DeliveringWorker;
import org.lesionstream.worker.testing.KafkaTopics;

/** Share groups and the publisher together on a real broker. */
class ShareIntakeIT {
    private static final IntakeLimits LIMITS = new IntakeLimits(4, 4, 1 << 20);
    private static final ShareLimits TWO_HANDS = new ShareLimits(2, 10);
    private static final Duration LOCK = Duration.ofSeconds(3);

    private static LocalBroker broker;

    @BeforeAll
    static void start(@TempDir Path folder) {
        broker = LocalBroker.start(folder);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void moreWorkersThanPartitionsAllHaveWork() {
        try (KafkaTopics topics = topics();
                DeliveringWorker first = DeliveringWorker.sharing(topics, TWO_HANDS, LIMITS);
                DeliveringWorker second = DeliveringWorker.sharing(topics, TWO_HANDS, LIMITS);
                DeliveringWorker third = DeliveringWorker.sharing(topics, TWO_HANDS, LIMITS)) {
            topics.submit(Lane.URGENT, 0, 24);
            List<DeliveringWorker> workers = List.of(first, second, third);
            for (DeliveringWorker worker : workers) {
                worker.turnUntil(() -> worker.unfinished().size() == 4);
            }
            while (Set.copyOf(publishedIds(topics)).size() < 24) {
                for (DeliveringWorker worker : workers) {
                    worker.finish(worker.unfinished());
                    worker.turn();
                    assertThat(worker.intake().inFlight(Lane.URGENT)).isLessThanOrEqualTo(4);
                }
            }
            assertThat(publishedIds(topics)).hasSize(24).doesNotHaveDuplicates();
        }
    }

    @Test
    void aMessageIsDoneWhenItsAnswerIsPublishedAndNotBefore() {
        try (KafkaTopics topics = topics()) {
            topics.submit(Lane.URGENT, 0, 4);
            try (DeliveringWorker worker = DeliveringWorker.sharing(topics, TWO_HANDS, LIMITS)) {
                worker.turnUntil(() -> worker.unfinished().size() == 4);
                worker.ticket(worker.unfinished()); // it ends before it publishes
            }
            try (DeliveringWorker next = DeliveringWorker.sharing(topics, TWO_HANDS, LIMITS)) {
                next.turnUntil(() -> next.unfinished().size() == 4);
                next.finish(next.unfinished());
                next.turnUntil(() -> topics.allAccepted(Lane.URGENT));
            }
            assertThat(publishedIds(topics)).containsExactlyInAnyOrder("j-0#0", "j-1#0", "j-2#0", "j-3#0");
        }
    }

    @Test
    void keepsAMessageForLongerThanItsLockWhileTheWorkGoesOn() {
        try (KafkaTopics topics = topics();
                DeliveringWorker slow = DeliveringWorker.sharing(topics, TWO_HANDS, LIMITS);
                DeliveringWorker idle = DeliveringWorker.sharing(topics, TWO_HANDS, LIMITS)) {
            topics.submit(Lane.URGENT, 0, 2);
            slow.turnUntil(() -> slow.unfinished().size() == 2);
            long begin = System.nanoTime();
            idle.turnUntil(
                    () -> System.nanoTime() - begin > LOCK.multipliedBy(3).toNanos());
            assertThat(idle.unfinished()).isEmpty();

            slow.finish(slow.unfinished());
            slow.turnUntil(() -> topics.allAccepted(Lane.URGENT));
            assertThat(publishedIds(topics)).containsExactlyInAnyOrder("j-0#0", "j-1#0");
        }
    }

    @Test
    void aSlowJobHoldsUpOneHandAndNotItsLane() {
        try (KafkaTopics topics = topics();
                DeliveringWorker worker = DeliveringWorker.sharing(topics, TWO_HANDS, LIMITS)) {
            topics.submit(Lane.URGENT, 0, 12);
            worker.turnUntil(() -> !worker.unfinished().isEmpty());
            PolledMessage.Valid slow = worker.unfinished().get(0);
            Set<String> seen = new TreeSet<>();
            worker.turnUntil(() -> {
                seen.addAll(worker.unfinishedIds());
                worker.finish(worker.unfinished().stream()
                        .filter(message -> !message.equals(slow))
                        .toList());
                return seen.size() == 12;
            });
            worker.finish(List.of(slow));
            worker.turnUntil(() -> topics.allAccepted(Lane.URGENT));
        }
    }

    @Test
    void doesNotBeginAgainWhatItIsWorkingOnWhenTheBrokerForgotTheLocks() {
        try (KafkaTopics topics = topics();
                DeliveringWorker worker = DeliveringWorker.sharing(topics, TWO_HANDS, LIMITS)) {
            topics.submit(Lane.URGENT, 0, 3);
            worker.turnUntil(() -> worker.unfinished().size() == 3);
            PolledMessage.Valid first = worker.unfinished().get(0);
            broker.restart();
            worker.turnUntil(
                    () -> { // its acknowledgement is refused
                        worker.tryToFinish(List.of(first));
                        return !worker.unfinished().contains(first);
                    });
            topics.submit(Lane.URGENT, 3, 4); // as soon as it is there, the others were delivered again, too
            worker.turnUntil(() -> worker.unfinishedIds().contains("j-3"));
            assertThat(worker.unfinishedIds()).contains("j-1", "j-2").doesNotHaveDuplicates();

            worker.turnUntil(() -> {
                worker.tryToFinish(worker.unfinished());
                return worker.unfinished().isEmpty() && topics.allAccepted(Lane.URGENT);
            });
            assertThat(Set.copyOf(publishedIds(topics))).containsExactlyInAnyOrder("j-0#0", "j-1#0", "j-2#0", "j-3#0");
        }
    }

    @Test
    void looksAtTheOtherLocksWhenAnAcknowledgementIsRefused() {
        try (KafkaTopics topics = new KafkaTopics(broker.bootstrapServers(), 1)) {
            topics.beginShareGroup(LOCK.multipliedBy(20)); // no renewal is due meanwhile
            topics.submit(Lane.URGENT, 0, 3);
            try (DeliveringWorker worker = DeliveringWorker.sharing(topics, new ShareLimits(1, 10), LIMITS)) {
                worker.turnUntil(() -> worker.unfinished().size() == 3);
                PolledMessage.Valid first = worker.unfinished().get(0);
                broker.restart();
                worker.turnUntil(() -> {
                    worker.tryToFinish(List.of(first));
                    return !worker.unfinished().contains(first);
                });
                worker.turnUntil(() -> {
                    worker.tryToFinish(worker.unfinished());
                    return topics.allAccepted(Lane.URGENT);
                });
            }
            assertThat(Set.copyOf(publishedIds(topics))).containsExactlyInAnyOrder("j-0#0", "j-1#0", "j-2#0");
        }
    }

    @Test
    void saysWhichDeliveryIsTheLast() {
        ShareLimits twice = new ShareLimits(1, 2);
        try (KafkaTopics topics = topics()) {
            topics.submit(Lane.BACKFILL, 0, 1);
            try (DeliveringWorker first = DeliveringWorker.sharing(topics, twice, LIMITS)) {
                first.turnUntil(() -> !first.unfinished().isEmpty());
            }
            try (DeliveringWorker second = DeliveringWorker.sharing(topics, twice, LIMITS)) {
                second.turnUntil(() -> !second.exhausted().isEmpty());
                assertThat(second.unfinished()).isEmpty();
                assertThat(second.exhausted().get(0).deliveries()).isEqualTo(2);
                assertThat(second.exhausted().get(0).job().jobId()).isEqualTo("j-0");
            }
        }
    }

    @Test
    void takesNothingMoreWhileDrainingButStillAnswers() {
        try (KafkaTopics topics = topics()) {
            topics.submit(Lane.URGENT, 0, 2);
            try (DeliveringWorker worker = DeliveringWorker.sharing(topics, TWO_HANDS, LIMITS)) {
                worker.turnUntil(() -> worker.unfinished().size() == 2);
                worker.intake().drain();
                topics.submit(Lane.URGENT, 2, 4);
                worker.finish(worker.unfinished());
                worker.turnUntil(() -> worker.intake().inFlight(Lane.URGENT) == 0);
                assertThat(worker.unfinished()).isEmpty();
            }
            try (DeliveringWorker next = DeliveringWorker.sharing(topics, TWO_HANDS, LIMITS)) {
                next.turnUntil(() -> next.unfinished().size() == 2);
                next.finish(next.unfinished());
                next.turnUntil(() -> topics.allAccepted(Lane.URGENT));
            }
            assertThat(publishedIds(topics)).containsExactlyInAnyOrder("j-0#0", "j-1#0", "j-2#0", "j-3#0");
        }
    }

    private static KafkaTopics topics() {
        KafkaTopics topics = new KafkaTopics(broker.bootstrapServers(), 1);
        topics.beginShareGroup(LOCK);
        return topics;
    }

    private static List<String> publishedIds(KafkaTopics topics) {
        return topics.committed(topics.names().results()).stream()
                .map(message -> new String(message.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
                .toList();
    }
}
