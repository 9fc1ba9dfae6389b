package org.lesionstream.local.torture;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.local.WorkerProcess;
import org.lesionstream.local.WorkingFolder;

/**
 * Packaged workers that share the work, as many as are wanted; who has ended is replaced when {@link #replenish} is called, as Kubernetes
 * would. Several builds take turns: the first worker is of the first build, the second of the second, and so on around. Confined to one
 * thread.
 */
final class Fleet implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final List<Path> builds;
    private final Map<String, String> environment;
    private final WorkingFolder folder;
    private final List<WorkerProcess> workers = new ArrayList<>();
    private Optional<WorkerProcess> paused = Optional.empty();
    private int wanted;
    private int started;

    Fleet(List<Path> builds, Map<String, String> environment, WorkingFolder folder) {
        this.builds = List.copyOf(builds);
        this.environment = Map.copyOf(environment);
        this.folder = folder;
    }

    /** From now on so many; who is too many ends in order and hands back what it has not finished. */
    void scaleTo(int count) {
        wanted = count;
        while (workers.size() > count) {
            workers.remove(workers.size() - 1).stop();
        }
        replenish();
    }

    /** Replaces every worker that has ended. */
    void replenish() {
        workers.removeIf(worker -> !worker.isAlive());
        while (workers.size() < wanted) {
            start(Map.of());
        }
    }

    /** Waits until all are ready. */
    void awaitReady() {
        workers.forEach(worker -> worker.awaitReady(START_LIMIT));
    }

    /** Ends one of them between two instructions. */
    void kill(int choice) {
        workers.get(choice % workers.size()).kill();
    }

    /** Takes the processor away from one of them. */
    void pause(int choice) {
        WorkerProcess worker = workers.get(choice % workers.size());
        worker.pause();
        paused = Optional.of(worker);
    }

    /** Gives the processor back to the one that is paused, if any. */
    void resume() {
        paused.ifPresent(WorkerProcess::resume);
        paused = Optional.empty();
    }

    /** Puts a worker in the place of one of them that will end by itself when it passes a point of its path. */
    void replaceByOneThatHalts(int choice, String point) {
        workers.remove(choice % workers.size()).stop();
        start(Map.of("LESIONSTREAM_TORTURE_HALT_AT", point));
    }

    /** Whether every worker that should run does. */
    boolean isComplete() {
        return workers.size() == wanted && workers.stream().allMatch(WorkerProcess::isAlive);
    }

    /** Whether the worker that was started last takes jobs. */
    boolean newestIsReady() {
        return workers.get(workers.size() - 1).isReady();
    }

    int size() {
        return workers.size();
    }

    /** All end in order. */
    @Override
    public void close() {
        resume();
        scaleTo(0);
    }

    private void start(Map<String, String> more) {
        Map<String, String> complete = new HashMap<>(environment);
        complete.putAll(more);
        Path build = builds.get(started % builds.size());
        started++;
        workers.add(WorkerProcess.start(build, complete, folder.log("worker-" + started)));
    }
}
