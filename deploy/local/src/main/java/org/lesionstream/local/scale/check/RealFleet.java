package org.lesionstream.local.scale.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.local.LocalDatabase;
import org.lesionstream.local.WorkerProcess;
import org.lesionstream.local.WorkingFolder;
import org.lesionstream.local.bench.MetricsSnapshot;
import org.lesionstream.local.sample.SampleCheckpoint;
import org.lesionstream.local.sample.SamplePictures;

/** Packaged workers with one thread each for their network, as many as are wanted; it only grows. Confined to one thread. */
final class RealFleet implements AutoCloseable {

    private final Path build;
    private final WorkingFolder folder;
    private final Map<String, String> environment;
    private final List<WorkerProcess> workers = new ArrayList<>();

    /**
     * @param partitions of each topic, which the first worker makes
     * @param maxInFlight jobs of one lane in one worker
     */
    RealFleet(
            Path build,
            WorkingFolder folder,
            LocalBroker broker,
            LocalDatabase database,
            SampleCheckpoint checkpoint,
            SamplePictures pictures,
            int partitions,
            int maxInFlight) {
        this.build = build;
        this.folder = folder;
        environment = new HashMap<>(WorkerProcess.connectedTo(broker, database));
        environment.putAll(checkpoint.served(pictures));
        environment.put("LESIONSTREAM_TOPICS_PARTITIONS", String.valueOf(partitions));
        environment.put("LESIONSTREAM_INTAKE_MAX_IN_FLIGHT", String.valueOf(maxInFlight));
        environment.put("LESIONSTREAM_INFERENCE_THREADS", "1");
        environment.put("LESIONSTREAM_BATCH_SIZES", "1,2,4,8");
        environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
        // So that a worker is as fast in its first minute as in its second: a fleet of real nodes would have the second
        // for hours.
        environment.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m");
    }

    /** Starts one more, and does not wait for it. */
    WorkerProcess start() {
        WorkerProcess started = WorkerProcess.start(build, environment, folder.log("worker-" + (workers.size() + 1)));
        workers.add(started);
        return started;
    }

    /** What the first worker has counted so far. */
    MetricsSnapshot metrics() {
        return MetricsSnapshot.parse(workers.get(0).metrics());
    }

    /** @throws IllegalStateException when a worker has ended; the message holds the end of its log */
    void check() {
        workers.stream().filter(worker -> !worker.isAlive()).findFirst().ifPresent(ended -> {
            throw new IllegalStateException("A worker ended while jobs were open." + ended.logEnd());
        });
    }

    @Override
    public void close() {
        workers.forEach(WorkerProcess::close);
    }
}
