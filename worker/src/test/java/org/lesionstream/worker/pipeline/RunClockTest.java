package org.lesionstream.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.worker.inference.RunSteps;
import org.lesionstream.worker.inference.Segmenter;
import org.lesionstream.worker.inference.TileInput;
import org.lesionstream.worker.telemetry.WorkerMetrics;

class RunClockTest {
    private final AtomicLong nanos = new AtomicLong(1_000_000);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RunClock clock = new RunClock(new WorkerMetrics(registry), nanos::get);

    @Test
    void splitsTheTimeOfARunIntoItsSteps() {
        clock.around(new SteppingSegmenter()).segment(List.of(), 1);

        assertThat(registry.get("lesionstream.executions").counter().count()).isEqualTo(1);
        assertThat(millis("input")).isEqualTo(3);
        assertThat(millis("inference")).isEqualTo(20);
        assertThat(millis("output")).isEqualTo(5);
    }

    private double millis(String step) {
        return registry.get("lesionstream.run.duration")
                .tag("step", step)
                .timer()
                .totalTime(TimeUnit.MILLISECONDS);
    }

    /** Takes 3 ms to read its tiles, 20 ms to compute and 5 ms to give the outputs. */
    private final class SteppingSegmenter implements Segmenter {
        @Override
        public List<TileOutput> segment(List<? extends TileInput> tiles, int batchSize) {
            throw new UnsupportedOperationException("asked without a listener");
        }

        @Override
        public List<TileOutput> segment(List<? extends TileInput> tiles, int batchSize, RunSteps steps) {
            nanos.addAndGet(7_000_000); // waits for the device; part of no step
            steps.begun();
            after(3, RunSteps.Step.INPUT, steps);
            after(20, RunSteps.Step.INFERENCE, steps);
            after(5, RunSteps.Step.OUTPUT, steps);
            return List.of();
        }

        private void after(long millis, RunSteps.Step step, RunSteps steps) {
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
            steps.ended(step);
        }
    }
}
