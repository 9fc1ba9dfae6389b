package org.lesionstream.worker.health;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;
import org.lesionstream.worker.pipeline.PipelineState;
import org.lesionstream.worker.pipeline.PipelineStatus;

/** Started: the warm-up is over; until then the platform must be patient and not ask whether the worker is alive. */
@Startup
@ApplicationScoped
public class WorkerStarted implements HealthCheck {
    private static final EnumSet<PipelineState> NOT_YET = EnumSet.of(PipelineState.CREATED, PipelineState.WARMING);

    private final PipelineStatus status;

    WorkerStarted(PipelineStatus status) {
        this.status = status;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("warm-up")
                .status(!NOT_YET.contains(status.state()))
                .withData("state", status.state().name())
                .build();
    }
}
