package org.lesionstream.worker.pipeline;

import java.util.concurrent.locks.LockSupport;
import org.lesionstream.worker.inference.AliasMove;
import org.lesionstream.worker.inference.CheckpointCatalog;
import org.lesionstream.worker.telemetry.WorkerMetric;
import org.lesionstream.worker.telemetry.WorkerMetrics;

/**
 * Follows the aliases of the checkpoint store: a moved alias is loaded and warmed here, beside the running inference,
 * before it becomes the answer. A version that cannot be loaded is reported, and the one before stays in force.
 */
final class CatalogStage implements Stage {
    private static final long STEP_NANOS = 50_000_000;

    private final CheckpointCatalog catalog;
    private final WorkerMetrics metrics;
    private final long everyNanos;
    private long nextNanos;

    CatalogStage(PipelineParts parts) {
        this.catalog = parts.catalog();
        this.metrics = parts.metrics();
        this.everyNanos = parts.sizes().catalogRefresh().toNanos();
        this.nextNanos = parts.clock().getAsLong();
    }

    @Override
    public String role() {
        return "catalog";
    }

    @Override
    public int work(long nowNanos) {
        if (nowNanos < nextNanos) {
            LockSupport.parkNanos(this, Math.min(STEP_NANOS, nextNanos - nowNanos));
            return 0;
        }
        nextNanos = nowNanos + everyNanos;
        for (AliasMove move : catalog.refresh()) {
            if (move.refusal().isEmpty()) {
                metrics.count(WorkerMetric.ALIAS_MOVES, 1);
            }
        }
        return 1;
    }
}
