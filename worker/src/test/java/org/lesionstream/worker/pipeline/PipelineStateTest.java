package org.lesionstream.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.delivery.Lane;

class PipelineStateTest {
    private final PipelineStatus status = new PipelineStatus();

    @Test
    void goesThroughALifeInOrder() {
        assertThat(status.become(PipelineState.WARMING)).isTrue();
        assertThat(status.become(PipelineState.RUNNING)).isTrue();
        assertThat(status.become(PipelineState.DRAINING)).isTrue();
        assertThat(status.become(PipelineState.STOPPED)).isTrue();
        assertThat(status.state()).isEqualTo(PipelineState.STOPPED);
    }

    @Test
    void refusesToRunWithoutWarmUpAndStaysWhatItWas() {
        assertThat(status.become(PipelineState.RUNNING)).isFalse();
        assertThat(status.state()).isEqualTo(PipelineState.CREATED);
    }

    @Test
    void nothingComesAfterStopped() {
        status.become(PipelineState.STOPPED);
        for (PipelineState next : PipelineState.values()) {
            assertThat(PipelineState.STOPPED.mayBecome(next)).isFalse();
        }
    }

    @Test
    void aFailureIsNotTakenBack() {
        status.become(PipelineState.WARMING);
        status.become(PipelineState.FAILED);
        assertThat(status.become(PipelineState.RUNNING)).isFalse();
        assertThat(status.become(PipelineState.DRAINING)).isFalse();
    }

    @Test
    void waitsUntilTheLastMessageIsAnswered() throws Exception {
        status.admitted(Lane.URGENT);
        status.admitted(Lane.BACKFILL);
        CompletableFuture<Boolean> idle = CompletableFuture.supplyAsync(() -> {
            try {
                return status.awaitIdle(Duration.ofSeconds(30));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        status.finished(Lane.URGENT);
        assertThat(status.inFlight()).isEqualTo(1);
        status.finished(Lane.BACKFILL);

        assertThat(idle.get()).isTrue();
        assertThat(status.inFlight(Lane.BACKFILL)).isZero();
    }

    @Test
    void givesUpWaitingWhenTheLimitHasPassed() throws InterruptedException {
        status.admitted(Lane.URGENT);
        assertThat(status.awaitIdle(Duration.ofNanos(1))).isFalse();
    }

    @Test
    void tellsNewsOfADependencyOnce() {
        assertThat(status.down(Dependency.DATABASE, "intake", FailureCode.DATABASE_UNAVAILABLE))
                .isTrue();
        assertThat(status.down(Dependency.DATABASE, "intake", FailureCode.DATABASE_UNAVAILABLE))
                .isFalse();
        assertThat(status.down()).containsOnlyKeys(Dependency.DATABASE);
        assertThat(status.up(Dependency.DATABASE, "intake")).isTrue();
        assertThat(status.up(Dependency.DATABASE, "intake")).isFalse();
        assertThat(status.down()).isEmpty();
    }

    @Test
    void missesADependencyUntilEveryStageHasItAgain() {
        assertThat(status.down(Dependency.DATABASE, "delivery", FailureCode.DATABASE_UNAVAILABLE))
                .isTrue();
        assertThat(status.up(Dependency.DATABASE, "intake"))
                .as("it never missed it")
                .isFalse();
        assertThat(status.down(Dependency.DATABASE, "intake", FailureCode.DATABASE_UNAVAILABLE))
                .as("known already")
                .isFalse();
        assertThat(status.up(Dependency.DATABASE, "intake")).isFalse();
        assertThat(status.down()).containsOnlyKeys(Dependency.DATABASE);
        assertThat(status.up(Dependency.DATABASE, "delivery")).isTrue();
        assertThat(status.down()).isEmpty();
    }
}
