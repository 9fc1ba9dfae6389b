package org.lesionstream.worker.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.lesionstream.worker.pipeline.PipelineLifecycle;
import org.lesionstream.worker.pipeline.PipelineState;
import org.lesionstream.worker.pipeline.PipelineStatus;

/** Alive: no stage has failed, and every loop came back from its work recently. */
@Liveness
@ApplicationScoped
public class WorkerLiveness implements HealthCheck {
    private final PipelineStatus status;
    private final PipelineLifecycle lifecycle;

    WorkerLiveness(PipelineStatus status, PipelineLifecycle lifecycle) {
        this.status = status;
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        var stuck = lifecycle.stuckLoops();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("loops")
                .status(status.state() != PipelineState.FAILED && stuck.isEmpty())
                .withData("state", status.state().name());
        stuck.forEach((loop, silence) -> response.withData(loop, "silent for " + silence.toSeconds() + " s"));
        return response.build();
    }
}
