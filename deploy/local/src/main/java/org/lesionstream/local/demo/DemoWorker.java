package org.lesionstream.local.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.local.LocalDatabase;
import org.lesionstream.local.WorkerProcess;

/**
 * How the demo sets up the packaged worker: with the environment variables that one in production gets.
 *
 * @param store the folder with the checkpoints
 * @param checkpoint what it loads before it is ready
 * @param roots folders that it may read pictures from
 * @param device where it computes
 * @param precision file of the checkpoint that it runs, or {@code auto}
 */
record DemoWorker(Path store, String checkpoint, List<Path> roots, String device, String precision) {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    DemoWorker {
        roots = List.copyOf(roots);
    }

    /** Starts it and waits until it is ready. */
    WorkerProcess start(Path jar, LocalBroker broker, LocalDatabase database, Path log) {
        return start(jar, broker, database, log, Map.of());
    }

    /** The same with more settings. */
    WorkerProcess start(Path jar, LocalBroker broker, LocalDatabase database, Path log, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(WorkerProcess.connectedTo(broker, database));
        environment.put("LESIONSTREAM_CHECKPOINTS_STORE", store.toString());
        environment.put("LESIONSTREAM_CHECKPOINTS_PRELOAD", checkpoint);
        if (!roots.isEmpty()) {
            environment.put(
                    "LESIONSTREAM_DECODE_FILE_ROOTS",
                    roots.stream()
                            .map(root -> root.toAbsolutePath().normalize().toString())
                            .collect(Collectors.joining(",")));
        }
        // People read this log; in production machines do.
        environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
        environment.put("LESIONSTREAM_INFERENCE_DEVICE", device);
        environment.put("LESIONSTREAM_INFERENCE_PRECISION", precision);
        environment.putAll(more);
        WorkerProcess worker = WorkerProcess.start(jar, environment, log);
        worker.awaitReady(START_LIMIT);
        return worker;
    }
}
