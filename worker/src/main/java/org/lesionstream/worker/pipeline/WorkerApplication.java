package org.lesionstream.worker.pipeline;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** Ties the pipeline's life to the application's. */
@Singleton
class WorkerApplication {
    private final PipelineLifecycle lifecycle;

    WorkerApplication(PipelineLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    void onStart(@Observes StartupEvent event) {
        List<String> unknown = EnvironmentNames.unknown(System.getenv().keySet());
        if (!unknown.isEmpty()) {
            throw new IllegalStateException(
                    "No such setting: " + String.join(", ", unknown) + ". WorkerConfig lists those that exist.");
        }
        lifecycle.start();
    }

    void onStop(@Observes ShutdownEvent event) throws InterruptedException {
        lifecycle.stop();
    }
}
