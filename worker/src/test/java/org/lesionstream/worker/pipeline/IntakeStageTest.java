package org.lesionstream.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.message.DeadLetter;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.worker.delivery.Answer;
import org.lesionstream.worker.delivery.CommitTicket;
import org.lesionstream.worker.delivery.Envelope;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.JobRegistration;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.inference.CheckpointCatalog;
import org.lesionstream.worker.inference.DeviceKind;
import org.lesionstream.worker.intake.JobIntake;
import org.lesionstream.worker.intake.PolledMessage;
import org.lesionstream.worker.persist.RegistrationRequest;
import org.lesionstream.worker.persist.ResultStore;
import org.lesionstream.worker.telemetry.JobTraces;
import org.lesionstream.worker.telemetry.WorkerMetrics;
import org.lesionstream.worker.testing.SampleJob;
import org.lesionstream.worker.testing.SettingsOf;

/** What becomes of a message by what the intake and the database say of it. */
class IntakeStageTest {
    private static final SampleJob JOB = SampleJob.aJob("1");

    private final Handoff<InFlight<ImageJob>> jobs = new Handoff<>(64);
    private final Handoff<JobOutcome> outcomes = new Handoff<>(64);

    @TempDir
    private Path folder;

    @Test
    void beginsAJobThatIsNew() throws InterruptedException {
        turn(new PolledMessage.Valid(JOB.envelope(), JOB.job()), false);

        assertThat(jobs.take(0))
                .hasValueSatisfying(job -> assertThat(job.payload()).isEqualTo(JOB.job()));
        assertThat(outcomes.take(0)).isEmpty();
    }

    @Test
    void answersAJobThatIsDeliveredForTheLastTimeBeforeItIsTried() throws InterruptedException {
        turn(new PolledMessage.Exhausted(JOB.envelope(), JOB.job(), 10), false);

        assertThat(jobs.take(0)).isEmpty();
        DeadLetter letter = ((JobOutcome.DeadLettered) outcomes.take(0).orElseThrow()).letter();
        assertThat(letter.code()).isEqualTo(FailureCode.INTERNAL_ERROR);
        assertThat(letter.where()).isEqualTo("intake");
        assertThat(letter.attempts()).isEqualTo(9);
    }

    @Test
    void repeatsTheAnswerOfAJobThatWasDoneAlsoTheLastTime() throws InterruptedException {
        turn(new PolledMessage.Exhausted(JOB.envelope(), JOB.job(), 10), true);

        assertThat(outcomes.take(0))
                .hasValueSatisfying(outcome -> assertThat(outcome).isInstanceOf(JobOutcome.Repeated.class));
    }

    private void turn(PolledMessage polled, boolean done) {
        try (CheckpointCatalog catalog =
                CheckpointCatalog.openWithoutEngine(folder, SettingsOf.inference(DeviceKind.CPU), () -> 0)) {
            new IntakeStage(parts(new OneMessage(polled), new Registry(done), catalog), jobs, outcomes).work(0);
        }
    }

    /** Has one message to give. */
    private record OneMessage(PolledMessage message) implements JobIntake {
        @Override
        public List<PolledMessage> poll(long nowNanos) {
            return List.of(message);
        }

        @Override
        public void drain() {}

        @Override
        public int inFlight(Lane lane) {
            return 0;
        }

        @Override
        public CompletableFuture<CommitTicket> complete(List<Envelope> finished) {
            throw new UnsupportedOperationException("the intake stage completes nothing");
        }

        @Override
        public void published(List<Envelope> answered) {
            throw new UnsupportedOperationException("the intake stage publishes nothing");
        }

        @Override
        public void close() {}
    }

    /** Says of every job whether it was done. */
    private record Registry(boolean done) implements ResultStore {
        @Override
        public List<JobRegistration> register(List<RegistrationRequest> requests) {
            return requests.stream()
                    .map(request -> new JobRegistration(done, Optional.empty(), 0))
                    .toList();
        }

        @Override
        public List<Answer> save(List<JobOutcome> list) {
            throw new UnsupportedOperationException("the intake stage saves nothing");
        }
    }

    private static PipelineParts parts(JobIntake intake, ResultStore store, CheckpointCatalog catalog) {
        return new PipelineParts(
                intake,
                store,
                catalog,
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
                new Deadlines(InstantSource.fixed(Instant.EPOCH)),
                null,
                new PipelineStatus(),
                Optional.empty(),
                new WorkerMetrics(new SimpleMeterRegistry()),
                JobTraces.off(),
                new PipelineParts.Sizes(
                        64, 1, 64, 1, 32, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO),
                () -> 0);
    }
}
