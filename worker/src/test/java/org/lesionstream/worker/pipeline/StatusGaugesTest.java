package org.lesionstream.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.telemetry.WorkerMetrics;

class StatusGaugesTest {
    private final PipelineStatus status = new PipelineStatus();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void showsWhatTheProbesSay() {
        StatusGauges.show(status, () -> 2, new WorkerMetrics(registry));
        assertThat(state("created")).isEqualTo(1);
        assertThat(gauge("lesionstream.ready")).isZero();

        status.become(PipelineState.WARMING);
        status.become(PipelineState.RUNNING);
        assertThat(state("created")).isZero();
        assertThat(state("running")).isEqualTo(1);
        assertThat(gauge("lesionstream.ready")).isEqualTo(1);
        assertThat(gauge("lesionstream.stuck.loops")).isEqualTo(2);

        status.down(Dependency.DATABASE, "delivery", FailureCode.DATABASE_UNAVAILABLE);
        assertThat(gauge("lesionstream.ready")).isZero();
        assertThat(available("database")).isZero();
        assertThat(available("broker")).isEqualTo(1);
    }

    private double state(String word) {
        return registry.get("lesionstream.state").tag("state", word).gauge().value();
    }

    private double available(String dependency) {
        return registry.get("lesionstream.dependency.available")
                .tag("dependency", dependency)
                .gauge()
                .value();
    }

    private double gauge(String meter) {
        return registry.get(meter).gauge().value();
    }
}
