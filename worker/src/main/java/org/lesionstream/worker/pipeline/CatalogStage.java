package org.lesionstream.worker.pipeline;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.lesionstream.schemas.checkpoint.AliasHistory;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.inference.AliasMove;
import org.lesionstream.worker.inference.CheckpointCatalog;
import org.lesionstream.worker.inference.ServedCheckpoint;
import org.lesionstream.worker.persist.CheckpointMirror;
import org.lesionstream.worker.telemetry.WorkerMetric;
import org.lesionstream.worker.telemetry.WorkerMetrics;

/**
 * Follows the checkpoint store, beside the running inference.
 *
 * <ul>
 *   <li>A moved alias is loaded and warmed here before it becomes the answer. A version that cannot be loaded is reported by
 *       the catalog, and the one before stays in force.
 *   <li>What is served is mirrored into the database. No job waits for that; what could not be written is written later.
 * </ul>
 */
final class CatalogStage implements Stage {
    private static final Logger LOG = Logger.getLogger(CatalogStage.class);
    private static final long STEP_NANOS = 50_000_000;
    private static final int DIGEST_DIGITS = 12;

    private final CheckpointCatalog catalog;
    private final CheckpointMirror mirror;
    private final WorkerMetrics metrics;
    private final List<CheckpointReference> preload;
    private final long everyNanos;
    private final Set<Digest> mirrored = new HashSet<>();
    private final Map<String, AliasHistory> mirroredAliases = new HashMap<>();
    private long nextNanos;

    CatalogStage(PipelineParts parts) {
        this.catalog = parts.catalog();
        this.mirror = parts.mirror();
        this.metrics = parts.metrics();
        this.preload = parts.preload();
        this.everyNanos = parts.sizes().catalogRefresh().toNanos();
        this.nextNanos = parts.clock().getAsLong();
    }

    @Override
    public String role() {
        return "catalog";
    }

    @Override
    public Duration longestTurn() {
        return LoadStage.LOADING;
    }

    @Override
    public int work(long nowNanos) {
        if (nowNanos < nextNanos) {
            LockSupport.parkNanos(this, Math.min(STEP_NANOS, nextNanos - nowNanos));
            return 0;
        }
        nextNanos = nowNanos + everyNanos;
        for (AliasMove move : catalog.refresh()) {
            metrics.count(move.refusal().isEmpty() ? WorkerMetric.ALIAS_MOVES : WorkerMetric.ALIAS_REFUSALS, 1);
        }
        metrics.rows(
                WorkerMetric.CHECKPOINT_SERVED, preload.stream().map(this::row).toList());
        try {
            catalog.served().forEach(this::mirror);
        } catch (SegmentationException failure) {
            LOG.debugf("The checkpoints are mirrored later: %s", failure.getMessage());
        }
        return 1;
    }

    private List<String> row(CheckpointReference reference) {
        ServedCheckpoint checkpoint = catalog.resolve(reference);
        return List.of(
                reference.toString(),
                String.valueOf(checkpoint.manifest().version()),
                checkpoint.digest().hex().substring(0, DIGEST_DIGITS));
    }

    private void mirror(ServedCheckpoint checkpoint) {
        if (!mirrored.contains(checkpoint.digest())) {
            mirror.checkpoint(checkpoint.manifest());
            mirrored.add(checkpoint.digest());
        }
        String name = checkpoint.manifest().name();
        AliasHistory history = catalog.aliases(name);
        if (!history.equals(mirroredAliases.get(name))) {
            mirror.aliases(name, history);
            mirroredAliases.put(name, history);
        }
    }
}
