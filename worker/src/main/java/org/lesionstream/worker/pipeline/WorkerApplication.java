package org.lesionstream.worker.pipeline;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.lesionstream.worker.api.TokenVerification;

/** Ties the pipeline's life to the application's. */
@Singleton
class WorkerApplication {
    private final TokenVerification tokens;
    private final PipelineLifecycle lifecycle;

    WorkerApplication(TokenVerification tokens, PipelineLifecycle lifecycle) {
        this.tokens = tokens;
        this.lifecycle = lifecycle;
    }

    void onStart(@Observes StartupEvent event) {
        List<String> unknown = EnvironmentNames.unknown(System.getenv().keySet());
        if (!unknown.isEmpty()) {
            throw new IllegalStateException(
                    "No such setting: " + String.join(", ", unknown) + ". WorkerConfig lists those that exist.");
        }
        tokens.require();
        lifecycle.start();
    }

    void onStop(@Observes ShutdownEvent event) throws InterruptedException {
        lifecycle.stop();
    }
}
