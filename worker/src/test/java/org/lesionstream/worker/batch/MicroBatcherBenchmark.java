package org.lesionstream.worker.batch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.lesionstream.worker.delivery.Lane;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the batcher itself costs per batch: 32 tiles of two images come, every other one with a deadline, and 32 of those that wait already
 * leave. Run on request only, see RATIONALE.md.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MicroBatcherBenchmark {

    private static final int SIZE = 32;
    private static final long RUN_NANOS = Duration.ofMillis(10).toNanos();

    /** Tiles that wait in a lane all the time. */
    @Param({"64", "1024"})
    public int waiting;

    /** Checkpoints that they are for. */
    @Param({"1", "4"})
    public int checkpoints;

    private final BatchSizes sizes = new BatchSizes(
            new TreeMap<>(Map.of(1, Duration.ofMillis(1), 8, Duration.ofMillis(3), SIZE, Duration.ofNanos(RUN_NANOS))));
    private final MicroBatcher<Integer, Integer> batcher = new MicroBatcher<>(
            new BatchLimits(Duration.ofMillis(5), Duration.ofMinutes(1), Integer.MAX_VALUE), key -> sizes);
    private long now;
    private int images;

    @Benchmark
    public Optional<Batch<Integer, Integer>> batch() {
        while (batcher.size() < 2 * waiting + SIZE) {
            image();
        }
        Optional<Batch<Integer, Integer>> batch = batcher.poll(now);
        now += RUN_NANOS;
        batcher.ran(batch.orElseThrow().key(), now - RUN_NANOS, now);
        return batch;
    }

    private void image() {
        Lane lane = List.of(Lane.values()).get(images % 2);
        OptionalLong deadline = images % 4 < 2 ? OptionalLong.empty() : OptionalLong.of(now + 100 * RUN_NANOS);
        for (int tile = 0; tile < SIZE / 2; tile++) {
            batcher.add(lane, images / 4 % checkpoints, tile, deadline, now);
        }
        images++;
    }
}
