package org.lesionstream.worker.pipeline;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Ties the pipeline's life to the application's. */
@Singleton
class WorkerApplication {
    private final PipelineLifecycle lifecycle;

    WorkerApplication(PipelineLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    void onStart(@Observes StartupEvent event) {
        lifecycle.start();
    }

    void onStop(@Observes ShutdownEvent event) throws InterruptedException {
        lifecycle.stop();
    }
}
