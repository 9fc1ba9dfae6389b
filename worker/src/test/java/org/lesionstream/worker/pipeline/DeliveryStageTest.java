package org.lesionstream.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.delivery.Answer;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.JobRegistration;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.failure.RetryBackoff;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.RegistrationRequest;
import org.lesionstream.worker.persist.ResultStore;
import org.lesionstream.worker.telemetry.JobTraces;
import org.lesionstream.worker.telemetry.WorkerMetrics;
import org.lesionstream.worker.testing.SampleJob;

/** What becomes of outcomes that are not stored; what is stored and published is seen in the integration tests. */
class DeliveryStageTest {
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final Handoff<JobOutcome> outcomes = new Handoff<>(64);
    private final PipelineStatus status = new PipelineStatus();
    private final RefusingStore store = new RefusingStore();
    private final DeliveryStage stage = new DeliveryStage(parts(), outcomes);

    @Test
    void asksADatabaseThatGoesAwayAboutNoOtherOutcomeAndBlamesNone() throws InterruptedException {
        List<JobOutcome> three = offer("1", "2", "3");
        store.refuse(FailureCode.INTERNAL_ERROR); // all of them
        store.accept(); // the first by itself
        store.refuse(FailureCode.DATABASE_UNAVAILABLE); // the second; the third must not be asked about
        store.refuse(FailureCode.DATABASE_UNAVAILABLE); // all of them again

        stage.work(0);
        stage.work(0);

        assertThat(store.asked).containsExactly(three, three.subList(0, 1), three.subList(1, 2), three);
        assertThat(status.down()).containsOnlyKeys(Dependency.DATABASE);
    }

    @Test
    void triesAgainOnlyWhenItsWaitIsOver() throws InterruptedException {
        List<JobOutcome> one = offer("1");
        store.refuse(FailureCode.DATABASE_UNAVAILABLE);
        store.refuse(FailureCode.DATABASE_UNAVAILABLE);

        stage.work(0);
        stage.work(0);
        stage.work(WAIT.toNanos() / 2 - 1);
        assertThat(store.asked).containsExactly(one);

        stage.work(WAIT.toNanos());
        assertThat(store.asked).containsExactly(one, one);
    }

    private List<JobOutcome> offer(String... ids) {
        List<JobOutcome> offered = new ArrayList<>();
        for (String id : ids) {
            JobOutcome outcome = SampleJob.aJob(id).segmented(1);
            outcomes.put(Lane.URGENT, outcome);
            offered.add(outcome);
        }
        return offered;
    }

    /** Does as it was told, question by question. */
    private static final class RefusingStore implements ResultStore {
        private final Queue<Runnable> answers = new ArrayDeque<>();
        private final List<List<JobOutcome>> asked = new ArrayList<>();

        private void accept() {
            answers.add(() -> {});
        }

        private void refuse(FailureCode code) {
            answers.add(() -> {
                throw new SegmentationException(code, "persist");
            });
        }

        @Override
        public List<JobRegistration> register(List<RegistrationRequest> requests) {
            throw new UnsupportedOperationException("delivery registers nothing");
        }

        @Override
        public List<Answer> save(List<JobOutcome> list) {
            asked.add(List.copyOf(list));
            answers.remove().run();
            return List.of();
        }
    }

    /** What the delivery stage uses to store; it publishes nothing here. */
    private PipelineParts parts() {
        return new PipelineParts(
                null,
                store,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new Outcomes(),
                null,
                null,
                null,
                new RetryBackoff(WAIT, WAIT, new Random(1)),
                status,
                Optional.empty(),
                new WorkerMetrics(new SimpleMeterRegistry()),
                JobTraces.off(),
                new PipelineParts.Sizes(
                        64, 1, 64, 1, 32, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO),
                () -> 0);
    }
}
