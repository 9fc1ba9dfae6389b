package org.lesionstream.worker.pipeline;

import java.util.List;
import java.util.function.LongSupplier;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.worker.inference.RunSteps;
import org.lesionstream.worker.inference.Segmenter;
import org.lesionstream.worker.inference.TileInput;
import org.lesionstream.worker.telemetry.WorkerMetric;
import org.lesionstream.worker.telemetry.WorkerMetrics;

/** Counts the runs of a network and times their steps. Confined to the inference thread. */
final class RunClock implements RunSteps {
    private final WorkerMetrics metrics;
    private final LongSupplier clock;
    private long stepBeganNanos;

    RunClock(WorkerMetrics metrics, LongSupplier clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The same segmenter, watched. */
    Segmenter around(Segmenter segmenter) {
        return (tiles, batchSize) -> run(segmenter, tiles, batchSize);
    }

    private List<TileOutput> run(Segmenter segmenter, List<? extends TileInput> tiles, int batchSize) {
        metrics.count(WorkerMetric.EXECUTIONS, 1);
        return segmenter.segment(tiles, batchSize, this);
    }

    @Override
    public void begun() {
        stepBeganNanos = clock.getAsLong();
    }

    @Override
    public void ended(Step step) {
        long now = clock.getAsLong();
        metrics.time(WorkerMetric.RUN_DURATION, now - stepBeganNanos, step);
        stepBeganNanos = now;
    }
}
