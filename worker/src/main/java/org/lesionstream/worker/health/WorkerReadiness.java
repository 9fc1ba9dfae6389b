package org.lesionstream.worker.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.lesionstream.worker.pipeline.PipelineStatus;

/** Ready: checkpoints are loaded and warm, all stages run, and database and broker answer. */
@Readiness
@ApplicationScoped
public class WorkerReadiness implements HealthCheck {
    private final PipelineStatus status;

    WorkerReadiness(PipelineStatus status) {
        this.status = status;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("pipeline")
                .status(status.ready())
                .withData("state", status.state().name())
                .withData("in-flight", status.inFlight());
        status.down().forEach((dependency, code) -> response.withData(dependency.name(), code.name()));
        return response.build();
    }
}
