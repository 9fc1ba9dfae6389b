package org.lesionstream.local.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.local.sample.SamplePicture;
import org.lesionstream.local.sample.SamplePictures;
import org.lesionstream.local.traffic.JobLane;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.Drift;
import org.lesionstream.schemas.checkpoint.NetworkDescription;
import org.lesionstream.schemas.checkpoint.OutputKind;
import org.lesionstream.schemas.checkpoint.OutputSpec;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.checkpoint.SegmentClass;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.schemas.message.CaseImage;
import org.lesionstream.schemas.message.ImageIdentity;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.schemas.message.MaskReference;
import org.lesionstream.schemas.message.SegmentationResult;

/** A run as it might have been, for tests of what is made of it: ten jobs of four tiles in two seconds. */
final class SampleRun {

    static final int JOBS = 10;

    private SampleRun() {}

    static RunResult withLoads() {
        LoadResult load = load(JOBS);
        return new RunResult(
                Optional.of(25.0),
                512,
                Map.of(ThreadRole.KAFKA, 2.5),
                load,
                Map.of(Variant.TWO_CHECKPOINTS, load, Variant.DAMAGED, load),
                Optional.of(new RunResult.Loads(load, load, load)));
    }

    static RunResult withoutNetworkAndLoads() {
        return new RunResult(Optional.empty(), Double.NaN, Map.of(), load(JOBS), Map.of(), Optional.empty());
    }

    static SamplePictures pictures() {
        ImageSource source = ImageSource.at(URI.create("file:///pictures/1.png"));
        return new SamplePictures(List.of(new SamplePicture(source, 1000, 3000)), List.of(Path.of("/pictures")));
    }

    /** Job {@code i} is sent at {@code 1000 + i} ms on alternating lanes and answered 100 ms later, the last one at 3000 ms. */
    static JobLog log(int jobs) {
        JobLog log = new JobLog();
        for (int i = 0; i < jobs; i++) {
            String id = "j-" + i;
            log.asked(id, i % 2 == 0 ? JobLane.URGENT : JobLane.BACKFILL);
            log.sent(id, 1000 + i);
            log.take(result(id), i == jobs - 1 ? 3000 : 1100 + i);
        }
        return log;
    }

    static SegmentationResult result(String jobId) {
        return new SegmentationResult(
                jobId,
                new CaseImage("case-of-" + jobId, 1, 1),
                new CheckpointIdentity("bench", 1, Digest.of(new byte[0])),
                "fp32",
                "none",
                new ImageIdentity(8, 8, Digest.of(new byte[1])),
                new MaskReference("png", Digest.of(new byte[2]), "/api/jobs/" + jobId + "/mask.png"),
                List.of(),
                List.of(),
                0,
                Map.of(),
                1,
                Optional.empty(),
                Optional.empty());
    }

    static CheckpointManifest manifest() {
        return new CheckpointManifest(
                "bench",
                1,
                new NetworkDescription("unet-same", Map.of("base", "8")),
                List.of(new SegmentClass(1, "lesion", Optional.empty())),
                InputSpec.tiles(16, 32, 3, 0, 16),
                new OutputSpec(OutputKind.LABELS, 1, 0.5),
                LesionRules.ALL,
                List.of(new CheckpointFile(Precision.FP32, "model.fp32.pt", Digest.of(new byte[3]), 1, Drift.NONE)),
                "test",
                Instant.parse("2026-01-01T00:00:00Z"));
    }

    private static LoadResult load(int jobs) {
        Map<ThreadRole, Double> cpu = new EnumMap<>(ThreadRole.class);
        cpu.put(ThreadRole.INFERENCE, 3000.0);
        cpu.put(ThreadRole.DECODE, 500.0);
        cpu.put(ThreadRole.COMPILER, 900.0);
        cpu.put(ThreadRole.LESION, 12.0);
        cpu.put(ThreadRole.DELIVERY, 8.0);
        return new LoadResult(log(jobs), 2.0, snapshots(), cpu, 400, 408);
    }

    private static List<MetricsSnapshot> snapshots() {
        return List.of(MetricsSnapshot.parse("""
                        lesionstream_tiles_total 100
                        lesionstream_batches_total{reason="full"} 25
                        lesionstream_batch_duration_seconds_sum 5
                        lesionstream_batch_duration_seconds_count 25
                        lesionstream_store_duration_seconds_sum{operation="save"} 1
                        lesionstream_store_duration_seconds_count{operation="save"} 10
                        """), MetricsSnapshot.parse("""
                        lesionstream_tiles_total 120
                        lesionstream_batches_total{reason="full"} 30
                        lesionstream_batch_duration_seconds_sum 5.8
                        lesionstream_batch_duration_seconds_count 30
                        lesionstream_store_duration_seconds_sum{operation="save"} 1.010
                        lesionstream_store_duration_seconds_count{operation="save"} 12
                        lesionstream_store_duration_seconds_sum{operation="register"} 0.25
                        lesionstream_store_duration_seconds_count{operation="register"} 2
                        """), MetricsSnapshot.parse("""
                        lesionstream_tiles_total 140
                        lesionstream_batches_total{reason="full"} 33
                        lesionstream_batches_total{reason="due"} 2
                        lesionstream_batch_places_tiles_total 50
                        lesionstream_slow_batches_total 1
                        lesionstream_batch_duration_seconds_sum 6.5
                        lesionstream_batch_duration_seconds_count 35
                        lesionstream_store_duration_seconds_sum{operation="save"} 1.110
                        lesionstream_store_duration_seconds_count{operation="save"} 13
                        lesionstream_store_duration_seconds_sum{operation="register"} 0.25
                        lesionstream_store_duration_seconds_count{operation="register"} 2
                        lesionstream_stage_duration_seconds_sum{stage="decode"} 0.5
                        """));
    }
}
