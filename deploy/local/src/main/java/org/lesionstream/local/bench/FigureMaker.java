package org.lesionstream.local.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.lesionstream.local.report.Percentiles;
import org.lesionstream.local.sample.SamplePictures;
import org.lesionstream.local.traffic.JobLane;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.OutputKind;
import org.lesionstream.schemas.image.InputSpec;

/** From what a run has seen to its figures. */
final class FigureMaker {

    static final String THROUGHPUT = "Throughput, all jobs at once";
    static final String LATENCY = "Latency, from the job's publication to its answer's";
    static final String BATCHES = "Batches";
    static final String BUSY = "Busy";
    static final String CPU = "Processor time per job";
    static final String BYTES = "Bytes per image";
    static final String MEMORY = "Memory";

    private final CheckpointManifest manifest;
    private final SamplePictures pictures;
    private final RunResult run;
    private final LoadResult backlog;
    private final MetricsSnapshot work;
    private final double jobs;
    private final List<Figure> figures = new ArrayList<>();

    private FigureMaker(CheckpointManifest manifest, SamplePictures pictures, RunResult run) {
        this.manifest = manifest;
        this.pictures = pictures;
        this.run = run;
        this.backlog = run.backlog();
        this.work = backlog.work();
        this.jobs = backlog.log().asked();
    }

    static Figures of(CheckpointManifest manifest, SamplePictures pictures, RunResult run) {
        FigureMaker maker = new FigureMaker(manifest, pictures, run);
        maker.throughput();
        run.loads().ifPresent(maker::latencies);
        maker.batches();
        maker.busy();
        maker.processor();
        maker.bytes();
        maker.memory();
        return new Figures(maker.figures);
    }

    private void throughput() {
        double bare = run.bareLoopTilesPerSecond().orElse(Double.NaN);
        add(THROUGHPUT, "jobs", "jobs", "", jobs);
        add(THROUGHPUT, "seconds", "first job to last answer", "s", backlog.seconds());
        add(THROUGHPUT, "tiles_per_image", "tiles per image", "", tilesPerImage());
        add(THROUGHPUT, "bare_tiles_per_second", "bare loop", "tiles/s", bare);
        add(THROUGHPUT, "bare_images_per_second", "bare loop", "images/s", bare / tilesPerImage());
        add(THROUGHPUT, "tiles_per_second", "end to end", "tiles/s", backlog.tilesPerSecond());
        add(THROUGHPUT, "images_per_second", "end to end", "images/s", backlog.jobsPerSecond());
        add(THROUGHPUT, "ratio", "end to end / bare loop", "", backlog.tilesPerSecond() / bare);
        if (backlog.log().answered() >= 10) {
            double first = backlog.log().rate(0, 0.1);
            double last = backlog.log().rate(0.9, 1);
            add(THROUGHPUT, "last_tenth_share", "last tenth of the jobs / first tenth", "", last / first);
        }
        Optional.ofNullable(run.variants().get(Variant.TWO_CHECKPOINTS)).ifPresent(two -> {
            add(THROUGHPUT, "two_tiles_per_second", "for two checkpoints in turn", "tiles/s", two.tilesPerSecond());
            double share = two.tilesPerSecond() / backlog.tilesPerSecond();
            add(THROUGHPUT, "two_share", "two checkpoints / one", "", share);
        });
        Optional.ofNullable(run.variants().get(Variant.DAMAGED)).ifPresent(damaged -> {
            double rate = damaged.log().whole() / damaged.seconds();
            add(THROUGHPUT, "damaged_images_per_second", "whole images beside 1 % damaged", "images/s", rate);
            add(THROUGHPUT, "damaged_share", "with 1 % damaged / without", "", rate / backlog.jobsPerSecond());
        });
        run.loads().map(RunResult.Loads::full).ifPresent(full -> {
            add(THROUGHPUT, "full_tiles_per_second", "with urgent jobs trickling in", "tiles/s", full.tilesPerSecond());
            double share = full.tilesPerSecond() / backlog.tilesPerSecond();
            add(THROUGHPUT, "full_share", "with urgent jobs / without", "", share);
        });
    }

    private void latencies(RunResult.Loads loads) {
        latency("idle", "idle worker", loads.idle());
        MetricsSnapshot idle = loads.idle().work();
        double alone = 1000
                * (idle.sum("lesionstream_batch_duration_seconds_sum") + stageSeconds(idle, "decode"))
                / loads.idle().log().asked();
        add(LATENCY, "idle_work_ms", "idle worker, decode and forwards, mean", "ms", alone);
        double mean = loads.idle().log().answers().stream()
                .mapToLong(JobLog.Answered::millis)
                .average()
                .orElse(Double.NaN);
        add(LATENCY, "idle_mean_ms", "idle worker, latency, mean", "ms", mean);
        add(LATENCY, "idle_over_work", "idle worker, latency / decode and forwards", "", mean / alone);
        latency("half", "half load", loads.half());
        latency("full", "full load", loads.full());
    }

    private void latency(String key, String label, LoadResult load) {
        for (JobLane lane : JobLane.values()) {
            String word = lane.name().toLowerCase(Locale.ROOT);
            Percentiles millis = load.log().latencies(lane);
            for (int percent : new int[] {50, 95, 99}) {
                add(
                        LATENCY,
                        key + "_" + word + "_p" + percent + "_ms",
                        label + ", " + word + ", p" + percent + " of " + millis.count(),
                        "ms",
                        millis.at(percent));
            }
        }
    }

    private void batches() {
        double count = work.sum("lesionstream_batches_total");
        add(BATCHES, "batches", "batches", "", count);
        double tiles = work.sum("lesionstream_tiles_total");
        add(BATCHES, "batch_tiles", "tiles per batch", "tiles", tiles / count);
        add(
                BATCHES,
                "batch_fill",
                "fill, tiles / places",
                "",
                tiles / work.sum("lesionstream_batch_places_tiles_total"));
        add(BATCHES, "batch_ms", "mean time on the device", "ms", millisPerRun(work, "lesionstream_batch_duration"));
        add(
                BATCHES,
                "slow_batches",
                "over 3x the median of their size",
                "batches",
                allWork().sum("lesionstream_slow_batches_total"));
        work.byLabel("lesionstream_batches_total", "reason")
                .forEach((reason, released) ->
                        add(BATCHES, "released_" + reason, "released: " + reason, "batches", released));
    }

    private void busy() {
        Map<String, Double> store = work.byLabel("lesionstream_store_duration_seconds_sum", "operation");
        addBusy("register", "register jobs", store.getOrDefault("register", 0.0));
        addBusy("decode", "decode and cut", stageSeconds(work, "decode"));
        addBusy("inference", "inference", work.sum("lesionstream_batch_duration_seconds_sum"));
        addBusy("lesion", "stitch, measure, encode", stageSeconds(work, "lesion"));
        addBusy("persist", "persist", store.getOrDefault("save", 0.0));
        addBusy("publish", "publish", work.sum("lesionstream_publish_duration_seconds_sum"));
        double saves = work.sum("lesionstream_store_duration_seconds_count", "operation", "save");
        add(BUSY, "outcomes_per_save", "outcomes per delivered batch", "", jobs / saves);
        add(
                BUSY,
                "persist_ms",
                "persist one batch, median",
                "ms",
                backlog.medianMillis("lesionstream_store_duration_seconds", "operation", "save"));
        add(
                BUSY,
                "publish_ms",
                "publish one batch, median",
                "ms",
                backlog.medianMillis("lesionstream_publish_duration_seconds", "", ""));
    }

    private void addBusy(String key, String label, double seconds) {
        add(BUSY, key + "_busy_seconds", label, "s", seconds);
    }

    private void processor() {
        for (ThreadRole role : ThreadRole.values()) {
            double millis = backlog.cpuMillis().getOrDefault(role, 0.0) / jobs;
            add(CPU, "cpu_" + role.name().toLowerCase(Locale.ROOT) + "_ms", role.label(), "ms", millis);
        }
        double own = ownCost(backlog.cpuMillis());
        double rest = ownCost(run.restCpuMillis());
        add(CPU, "own_cpu_ms", "beside decode and inference", "ms", own / jobs);
        add(CPU, "rest_cpu_ms", "worker at rest, per second", "ms", rest);
        add(
                CPU,
                "job_cpu_ms",
                "beside decode and inference, beyond rest",
                "ms",
                (own - rest * backlog.seconds()) / jobs);
    }

    private static double ownCost(Map<ThreadRole, Double> cpuMillis) {
        return cpuMillis.entrySet().stream()
                .filter(entry -> entry.getKey().isOwnCost())
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private void bytes() {
        InputSpec input = manifest.input();
        int maps = manifest.output().kind() == OutputKind.LABELS
                ? 2
                : manifest.output().maps();
        double fileBytes = 0;
        double decodedBytes = 0;
        for (int job = 0; job < jobs; job++) {
            fileBytes += pictures.of(job).fileBytes();
            decodedBytes += pictures.of(job).decodedBytes();
        }
        add(BYTES, "source_bytes", "source file", "B", fileBytes / jobs);
        add(BYTES, "decoded_bytes", "decoded", "B", decodedBytes / jobs);
        add(BYTES, "tile_bytes", "tiles to the device", "B", tilesPerImage() * input.tileBytes());
        add(BYTES, "label_bytes", "labels and confidence back", "B", tilesPerImage() * maps * input.outputPixels());
        add(BYTES, "mask_bytes", "stored mask", "B", run.maskBytes());
    }

    private void memory() {
        add(MEMORY, "rss_tenth_mib", "resident, a tenth of the jobs done", "MiB", backlog.residentAtTenth());
        add(MEMORY, "rss_end_mib", "resident, all jobs done", "MiB", backlog.residentAtEnd());
        double growth = 100 * (backlog.residentAtEnd() / backlog.residentAtTenth() - 1);
        add(MEMORY, "rss_growth_percent", "growth between", "%", growth);
    }

    /** What the worker has counted since it was ready, in all loads together. */
    private MetricsSnapshot allWork() {
        return Stream.concat(
                        Stream.concat(Stream.of(backlog), run.variants().values().stream()),
                        run.loads().stream().flatMap(loads -> Stream.of(loads.half(), loads.full())))
                .map(load -> load.snapshots().get(load.snapshots().size() - 1))
                .max(Comparator.comparingDouble(snapshot -> snapshot.sum("lesionstream_batches_total")))
                .orElseThrow();
    }

    private double tilesPerImage() {
        return work.sum("lesionstream_tiles_total") / jobs;
    }

    private static double stageSeconds(MetricsSnapshot work, String stage) {
        return work.sum("lesionstream_stage_duration_seconds_sum", "stage", stage);
    }

    private static double millisPerRun(MetricsSnapshot work, String timer) {
        return 1000 * work.sum(timer + "_seconds_sum") / work.sum(timer + "_seconds_count");
    }

    private void add(String section, String key, String label, String unit, double value) {
        figures.add(new Figure(section, key, label, unit, value));
    }
}
