package org.lesionstream.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.intake.IntakeLimits;
import org.lesionstream.worker.intake.PolledMessage;
import org.lesionstream.worker.intake.ShareLimits;
import org.lesionstream.worker.testing.DeliveringWorker;
import org.lesionstream.worker.testing.KafkaTopics;

/** A real broker and real transactions whose answer gets lost at the worst moment. */
class TransactionalPublisherIT {
    private static LocalBroker broker;

    @BeforeAll
    static void start(@TempDir Path folder) {
        broker = LocalBroker.start(folder);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    /** A producer whose first commit goes wrong in a chosen way. */
    private static final class FirstCommitFails extends KafkaProducer<String, byte[]> {
        private final AtomicInteger commits;
        private final Consumer<Runnable> failure;

        FirstCommitFails(Map<String, Object> properties, AtomicInteger commits, Consumer<Runnable> failure) {
            super(properties);
            this.commits = commits;
            this.failure = failure;
        }

        @Override
        public void commitTransaction() {
            if (commits.getAndIncrement() == 0) {
                failure.accept(super::commitTransaction);
            } else {
                super.commitTransaction();
            }
        }
    }

    @Test
    void publishesOnceWhenTheCommitWasDoneButItsAnswerLost() {
        assertPublishedOnceAfter(commit -> {
            commit.run();
            throw new TimeoutException("the answer is lost");
        });
    }

    @Test
    void publishesOnceWhenTheCommitNeverReachedTheBroker() {
        assertPublishedOnceAfter(commit -> {
            throw new TimeoutException("the request is lost");
        });
    }

    @Test
    void publishesOnceWhenTheTransactionHadToBeAborted() {
        assertPublishedOnceAfter(commit -> {
            throw new KafkaException("refused");
        });
    }

    @Test
    void publishesOnceWhenTheCommitWasDoneAndTheProducerBroke() {
        assertPublishedOnceAfter(commit -> {
            commit.run();
            throw new KafkaException("broken after the commit");
        });
    }

    @Test
    void publishesAgainUnderTheSameIdWhereNoOffsetsCanTellHowTheCommitEnded() {
        AtomicInteger commits = new AtomicInteger();
        try (KafkaTopics topics = new KafkaTopics(broker.bootstrapServers(), 1)) {
            topics.beginShareGroup(Duration.ofSeconds(30));
            TransactionalPublisher publisher = new TransactionalPublisher(
                    topics.settings(),
                    InstantSource.fixed(Instant.EPOCH),
                    DeliveringWorker.metrics(),
                    properties -> new FirstCommitFails(properties, commits, commit -> {
                        commit.run();
                        throw new KafkaException("broken after the commit");
                    }));
            try (DeliveringWorker worker = DeliveringWorker.sharing(
                    topics, new ShareLimits(1, 10), new IntakeLimits(8, 8, 1 << 20), publisher)) {
                topics.submit(Lane.URGENT, 0, 2);
                worker.turnUntil(() -> worker.unfinished().size() == 2);
                List<PolledMessage.Valid> batch = worker.unfinished();
                assertThatThrownBy(() -> worker.finish(batch)).isInstanceOf(SegmentationException.class);
                worker.finish(batch);
                worker.turnUntil(() -> topics.allAccepted(Lane.URGENT));
                assertThat(topics.committed(topics.names().results()))
                        .extracting(message -> CloudEventHeaders.read(message.headers())
                                .orElseThrow()
                                .id())
                        .containsExactly("j-0#0", "j-1#0", "j-0#0", "j-1#0");
            }
        }
    }

    @Test
    void answersAMessageOnceThatWasWorkedOnTwice() {
        try (KafkaTopics topics = new KafkaTopics(broker.bootstrapServers(), 1);
                DeliveringWorker worker = new DeliveringWorker(topics, "consumer", new IntakeLimits(8, 8, 1 << 20))) {
            topics.submit(Lane.URGENT, 0, 1);
            worker.turnUntil(() -> worker.unfinished().size() == 1);
            PolledMessage.Valid message = worker.unfinished().get(0);
            worker.finish(List.of(message, message));
            assertThat(topics.committed(topics.names().results())).hasSize(1);
        }
    }

    private static void assertPublishedOnceAfter(Consumer<Runnable> failure) {
        AtomicInteger commits = new AtomicInteger();
        try (KafkaTopics topics = new KafkaTopics(broker.bootstrapServers(), 1);
                DeliveringWorker worker = new DeliveringWorker(
                        topics,
                        "consumer",
                        new IntakeLimits(8, 8, 1 << 20),
                        new TransactionalPublisher(
                                topics.settings(),
                                InstantSource.fixed(Instant.EPOCH),
                                DeliveringWorker.metrics(),
                                properties -> new FirstCommitFails(properties, commits, failure)))) {
            topics.submit(Lane.URGENT, 0, 3);
            worker.turnUntil(() -> worker.unfinished().size() == 3);
            List<PolledMessage.Valid> batch = worker.unfinished().subList(0, 2);
            assertThatThrownBy(() -> worker.finish(batch)).isInstanceOf(SegmentationException.class);
            worker.finish(batch); // a fresh ticket, the same answers
            worker.finish(worker.unfinished());
            assertThat(topics.committed(topics.names().results()))
                    .extracting(message -> CloudEventHeaders.read(message.headers())
                            .orElseThrow()
                            .id())
                    .containsExactly("j-0#0", "j-1#0", "j-2#0");
            try (DeliveringWorker next = new DeliveringWorker(topics, "consumer", new IntakeLimits(8, 8, 1 << 20))) {
                worker.leave();
                topics.submit(Lane.URGENT, 3, 4);
                next.turnUntil(() -> !next.unfinished().isEmpty());
                assertThat(next.unfinishedIds()).containsExactly("j-3");
            }
        }
    }
}
