package org.lesionstream.worker.pipeline;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.SinkBacklog;
import org.lesionstream.worker.persist.SinkQueue;
import org.lesionstream.worker.sink.SinkDrain;
import org.lesionstream.worker.telemetry.WorkerMetric;
import org.lesionstream.worker.telemetry.WorkerMetrics;

/**
 * Brings the results of closed cases to the sink, beside all that makes them: a sink that is slow or away keeps nobody waiting but itself. While the
 * database is away the cases wait in it.
 */
final class SinkStage implements Stage {
    private static final Logger LOG = Logger.getLogger(SinkStage.class);
    private static final long STEP_NANOS = Duration.ofMillis(50).toNanos();
    private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LOOK_NANOS = Duration.ofSeconds(10).toNanos();

    private final SinkDrain drain;
    private final SinkQueue queue;
    private final AtomicReference<SinkBacklog> backlog = new AtomicReference<>(SinkBacklog.NONE);
    private long nextNanos;
    private long nextLookNanos;

    SinkStage(PipelineParts.SinkParts sink, WorkerMetrics metrics, long nowNanos) {
        this.drain = sink.drain();
        this.queue = sink.queue();
        this.nextNanos = nowNanos;
        this.nextLookNanos = nowNanos;
        metrics.gauge(WorkerMetric.SINK_DUE, () -> backlog.get().due());
        metrics.gauge(WorkerMetric.SINK_FAILED, () -> backlog.get().failed());
        metrics.gauge(WorkerMetric.SINK_OLDEST, () -> backlog.get().oldest().toMillis() / 1000.0);
    }

    @Override
    public String role() {
        return "sink";
    }

    @Override
    public Duration longestTurn() {
        return SinkDrain.LEASE;
    }

    @Override
    public int work(long nowNanos) {
        if (nowNanos < nextNanos) {
            LockSupport.parkNanos(this, Math.min(STEP_NANOS, nextNanos - nowNanos));
            return 0;
        }
        try {
            if (nowNanos >= nextLookNanos) {
                nextLookNanos = nowNanos + LOOK_NANOS;
                backlog.set(queue.backlog());
            }
            if (drain.writeNext()) {
                return 1;
            }
        } catch (SegmentationException failure) {
            LOG.debugf("Results are written to the sink later: %s", failure.getMessage());
        }
        nextNanos = nowNanos + IDLE_NANOS;
        return 0;
    }
}
