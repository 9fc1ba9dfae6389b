package org.lesionstream.worker.pipeline;

import io.quarkus.runtime.Quarkus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * Starts, drains and stops the pipeline.
 *
 * <ul>
 *   <li>Start: topics, checkpoints and warm-up on a thread of their own, so that the probes answer meanwhile; then the
 *       stages. A worker that cannot start says why and ends with exit status 1.
 *   <li>Stop: nothing new is polled, what is in flight is finished and committed within the drain time, then the loops
 *       end. What was not finished is polled again by another worker.
 * </ul>
 */
public final class PipelineLifecycle {
    private static final Logger LOG = Logger.getLogger(PipelineLifecycle.class);

    private static final Duration LOOPS_END = Duration.ofSeconds(5);
    /** Clients of the broker, connections and the JVM itself. */
    private static final Duration PROCESS_END = Duration.ofSeconds(10);

    private final PipelineStatus status;
    private final StartUp startUp;
    private final SegmentationPipeline pipeline;
    private final LongSupplier clock;
    private final Duration drain;
    private final Duration stuckAfter;

    PipelineLifecycle(PipelineStatus status, StartUp startUp, PipelineParts parts, WorkerConfig.Lifecycle limits) {
        this.status = status;
        this.startUp = startUp;
        this.pipeline = new SegmentationPipeline(parts, this::failed);
        this.clock = parts.clock();
        this.drain = limits.drain();
        this.stuckAfter = limits.stuckAfter();
        StatusGauges.show(status, () -> stuckLoops().size(), parts.metrics());
    }

    /** Begins to warm up; comes back at once. */
    void start() {
        status.become(PipelineState.WARMING);
        new Thread(this::warmUpAndRun, "start-up").start();
    }

    private void warmUpAndRun() {
        try {
            startUp.prepare();
            synchronized (pipeline) {
                if (status.state() == PipelineState.WARMING) {
                    pipeline.start();
                    status.become(PipelineState.RUNNING);
                    LOG.info("Ready: polling jobs");
                }
            }
        } catch (SegmentationException failure) {
            LOG.errorf("The worker cannot start: %s", failure.getMessage());
            failed();
            Quarkus.asyncExit(1);
        } catch (RuntimeException | Error unexpected) {
            LOG.error("The worker cannot start", unexpected);
            failed();
            Quarkus.asyncExit(1);
        }
    }

    /** Drains and stops; comes back when all loops have ended. */
    void stop() throws InterruptedException {
        synchronized (pipeline) {
            if (status.become(PipelineState.DRAINING)) {
                drain();
            }
            pipeline.stop(LOOPS_END);
            status.become(PipelineState.STOPPED);
        }
        LOG.info("Stopped");
    }

    /** Says in the end what was finished and what is handed back, for whoever looks why a worker took long to leave. */
    private void drain() throws InterruptedException {
        long answered = status.answered();
        LOG.infof("Draining: %d messages in flight, at most %d s", status.inFlight(), drain.toSeconds());
        boolean finished = status.awaitIdle(drain);
        String words = "Drained: %d messages finished, %d handed back to the group";
        long done = status.answered() - answered;
        LOG.logf(finished ? Logger.Level.INFO : Logger.Level.WARN, words, done, status.inFlight());
    }

    /**
     * How long it may take from SIGTERM to the end of the process: the drain, the loops' end, a batch that was begun at the last moment and takes as
     * long as one that is not stuck may, and what the process needs to end. The platform must wait at least as long before it kills.
     */
    public static Duration longestStop(WorkerConfig config) {
        return config.lifecycle()
                .drain()
                .plus(LOOPS_END)
                .plus(config.batch().longest().multipliedBy(InferenceStage.STUCK))
                .plus(PROCESS_END);
    }

    /** The loops that have ended or have not come back from their work for too long, with their silence. */
    public Map<String, Duration> stuckLoops() {
        Map<String, Duration> stuck = new LinkedHashMap<>();
        if (status.state() == PipelineState.RUNNING) {
            for (StageLoop loop : pipeline.loops()) {
                long now = clock.getAsLong();
                if (loop.stuck(stuckAfter, now)) {
                    stuck.put(loop.name(), loop.silence(now));
                }
            }
        }
        return stuck;
    }

    private void failed() {
        status.become(PipelineState.FAILED);
    }
}
