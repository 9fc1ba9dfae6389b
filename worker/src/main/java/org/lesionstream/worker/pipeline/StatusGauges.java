package org.lesionstream.worker.pipeline;

import java.util.function.IntSupplier;
import org.lesionstream.worker.telemetry.WorkerMetric;
import org.lesionstream.worker.telemetry.WorkerMetrics;

/** Shows what the probes say as metrics, so that a rule can ask for how long it has been so. */
final class StatusGauges {
    private StatusGauges() {}

    /** @param stuckLoops how many loops are stuck now */
    static void show(PipelineStatus status, IntSupplier stuckLoops, WorkerMetrics metrics) {
        for (PipelineState state : PipelineState.values()) {
            metrics.gauge(WorkerMetric.STATE, () -> number(status.state() == state), state);
        }
        for (Dependency dependency : Dependency.values()) {
            metrics.gauge(
                    WorkerMetric.DEPENDENCY_AVAILABLE,
                    () -> number(!status.down().containsKey(dependency)),
                    dependency);
        }
        metrics.gauge(WorkerMetric.READY, () -> number(status.ready()));
        metrics.gauge(WorkerMetric.STUCK_LOOPS, stuckLoops::getAsInt);
    }

    private static int number(boolean yes) {
        return yes ? 1 : 0;
    }
}
