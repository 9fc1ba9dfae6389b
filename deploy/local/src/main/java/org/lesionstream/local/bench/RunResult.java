package org.lesionstream.local.bench;

import java.util.Map;
import java.util.Optional;

/**
 * What one run has seen.
 *
 * @param bareLoopTilesPerSecond of the network alone; absent where it does not run
 * @param maskBytes mean of the stored masks; not a number where none was stored
 * @param restCpuMillis processor time of the worker at rest, in milliseconds per second by role of thread
 * @param backlog all jobs at once, nothing else
 * @param variants other backlogs, those that were asked for
 * @param loads latencies under the other loads, where they were asked for
 */
record RunResult(
        Optional<Double> bareLoopTilesPerSecond,
        double maskBytes,
        Map<ThreadRole, Double> restCpuMillis,
        LoadResult backlog,
        Map<Variant, LoadResult> variants,
        Optional<Loads> loads) {

    RunResult {
        restCpuMillis = Map.copyOf(restCpuMillis);
        variants = Map.copyOf(variants);
    }

    /**
     * Three loads from light to heavy.
     *
     * @param idle one job at a time
     * @param half half the jobs per second of the backlog, both lanes
     * @param full the backlog again, with urgent jobs trickling in
     */
    record Loads(LoadResult idle, LoadResult half, LoadResult full) {}
}
