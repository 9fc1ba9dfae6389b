package org.lesionstream.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.SampleType;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.worker.batch.BatchLimits;
import org.lesionstream.worker.delivery.Delivery;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.failure.FailurePolicy;
import org.lesionstream.worker.failure.RetryBackoff;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.inference.Network;
import org.lesionstream.worker.inference.OutOfMemoryException;
import org.lesionstream.worker.inference.Segmenter;
import org.lesionstream.worker.inference.ServedCheckpoint;
import org.lesionstream.worker.inference.TileInput;
import org.lesionstream.worker.telemetry.JobTraces;
import org.lesionstream.worker.telemetry.WorkerMetrics;
import org.lesionstream.worker.testing.SampleJob;
import org.lesionstream.worker.testing.TestStore;
import org.lesionstream.worker.tile.CutImage;
import org.lesionstream.worker.tile.TileCutter;

/** What the device gets to do and what it is spared, with faults injected at the segmenter's door. */
class InferenceStageTest {
    private static final InputSpec INPUT = TestStore.TILES;
    private static final ServedCheckpoint CHECKPOINT = new ServedCheckpoint(
            TestStore.manifest(INPUT, LesionRules.ALL), Digest.of(new byte[] {7}), Precision.FP32, "fake");
    private static final byte POISON = (byte) 255;

    private final Instant[] wall = {Instant.parse("2026-01-01T12:00:00Z")};
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Deadlines deadlines = new Deadlines(() -> wall[0]);
    private final Handoff<InFlight<TiledImage>> tiled = new Handoff<>(64);
    private final Handoff<InFlight<SegmentedImage>> segmented = new Handoff<>(64);
    private final Handoff<JobOutcome> outcomes = new Handoff<>(64);
    private final PipelineParts parts = parts();
    private final FailureDesk failures = new FailureDesk(parts, outcomes);
    private final InferenceStage stage = new InferenceStage(parts, tiled, segmented, failures);
    private final List<Integer> runs = new ArrayList<>();
    private int openNetworks;

    @Test
    void letsTilesOfManyImagesShareABatchAndGivesEveryImageItsOwnOutputs() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            offer("j-" + i, i, Optional.empty(), this::firstSample);
        }

        stage.work(0);

        assertThat(runs).containsExactly(4);
        for (int i = 0; i < 4; i++) {
            InFlight<SegmentedImage> done = segmented.take(0).orElseThrow();
            assertThat(done.delivery().job().jobId()).isEqualTo("j-" + i);
            assertThat(labelOf(done)).isEqualTo(i);
        }
        assertThat(openNetworks).isZero();
        assertThat(registry.get("lesionstream.images").counter().count()).isEqualTo(4);
        assertThat(registry.get("lesionstream.executions").counter().count()).isEqualTo(1);
        assertThat(registry.get("lesionstream.queue.duration")
                        .tag("lane", "urgent")
                        .timer()
                        .count())
                .isEqualTo(4);
    }

    @Test
    void letsACulpritAloneBecomeADeadLetterAndItsMatesKeepTheirMasks() throws InterruptedException {
        Segmenter fragile = (tiles, size) -> {
            List<TileOutput> done = firstSample(tiles, size);
            if (done.stream().anyMatch(output -> ((TileOutput.Labels) output).labels()[0] == POISON)) {
                throw new SegmentationException(FailureCode.INFERENCE_FAILED, "inference");
            }
            return done;
        };
        offer("a", 1, Optional.empty(), fragile);
        offer("culprit", POISON, Optional.empty(), fragile);
        offer("b", 2, Optional.empty(), fragile);

        stage.work(0);

        assertThat(IntStream.range(0, 2).mapToObj(i -> take(segmented)).map(InferenceStageTest::labelOf))
                .containsExactly(1, 2);
        InFlight<?> again = failures.nextRetry(Long.MAX_VALUE / 2, Lane.URGENT).orElseThrow();
        assertThat(again.delivery().job().jobId()).isEqualTo("culprit");
        assertThat(openNetworks).isZero();
    }

    @Test
    void goesOnInSmallerBatchesAfterALackOfMemoryAndGrowsBackLater() throws InterruptedException {
        boolean[] full = {true};
        Segmenter tight = (tiles, size) -> {
            List<TileOutput> done = firstSample(tiles, size);
            if (full[0] && size > 2) {
                throw new OutOfMemoryException(new IllegalStateException("full"));
            }
            return done;
        };
        for (int i = 0; i < 4; i++) {
            offer("first-" + i, i, Optional.empty(), tight);
        }
        stage.work(0);
        assertThat(runs).containsExactly(4, 2, 2);
        assertThat(registry.get("lesionstream.out.of.memory").counter().count()).isEqualTo(1);
        assertThat(registry.get("lesionstream.executions").counter().count()).isEqualTo(3);

        full[0] = false;
        runs.clear();
        for (int batch = 0; batch < 51; batch++) {
            for (int i = 0; i < 4; i++) {
                offer("later-" + batch + "-" + i, i, Optional.empty(), tight);
            }
            stage.work(0);
            stage.work(0);
            drain();
        }

        assertThat(runs.subList(0, 50)).containsOnly(2);
        assertThat(runs.subList(50, runs.size())).contains(4);
        assertThat(outcomes.take(0)).isEmpty();
    }

    @Test
    void sparesTheDeviceAJobWhoseDeadlineHasPassed() throws InterruptedException {
        offer("late", 1, Optional.of(wall[0].plusSeconds(1)), this::firstSample);
        wall[0] = wall[0].plusSeconds(1);

        stage.work(0);

        assertThat(runs).isEmpty();
        assertThat(expired()).isEqualTo("late");
        assertThat(openNetworks).isZero();
    }

    @Test
    void finishesAnImageThatHasBegunThoughItsDeadlinePasses() throws InterruptedException {
        InFlight<TiledImage> large =
                offer("large", 1, 8 * INPUT.height(), Optional.of(wall[0].plusSeconds(1)), this::firstSample);
        int tiles = large.payload().cut().tiles();
        stage.work(0);
        wall[0] = wall[0].plusSeconds(2);

        for (int batch = 1; batch < (tiles + 3) / 4; batch++) {
            stage.work(0);
        }

        assertThat(segmented.take(0).orElseThrow().payload().outputs()).hasSize(tiles);
        assertThat(outcomes.take(0)).isEmpty();
        assertThat(openNetworks).isZero();
    }

    @Test
    @Timeout(20)
    void answersAnExpiredJobWhileTheDeviceIsStillBusyWithAnother() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        offer("long", 1, Optional.empty(), (tiles, size) -> {
            running.countDown();
            await(mayEnd);
            return firstSample(tiles, size);
        });
        Thread device = new Thread(this::work);
        device.start();
        await(running);
        InFlight<TiledImage> late = offer("late", 2, Optional.of(wall[0].plusSeconds(1)), this::firstSample);
        deadlines.watch(late.with(late.delivery().job()));
        wall[0] = wall[0].plusSeconds(1);

        assertThat(new ExpiryStage(parts, failures).work(0)).isEqualTo(1);
        assertThat(expired()).isEqualTo("late");

        mayEnd.countDown();
        device.join();
        stage.work(0);
        assertThat(runs).containsExactly(1);
        assertThat(outcomes.take(0)).isEmpty();
        assertThat(openNetworks).isZero();
    }

    private InFlight<TiledImage> offer(String id, int value, Optional<Instant> deadline, Segmenter segmenter) {
        return offer(id, value, INPUT.height(), deadline, segmenter);
    }

    private InFlight<TiledImage> offer(
            String id, int value, int height, Optional<Instant> deadline, Segmenter segmenter) {
        byte[] samples = new byte[height * INPUT.width() * INPUT.channels()];
        new Random(value).nextBytes(samples);
        samples[0] = (byte) value;
        PixelGrid grid =
                new PixelGrid(height, INPUT.width(), INPUT.channels(), SampleType.UINT8, samples, Optional.empty());
        SampleJob sample = SampleJob.aJob(id);
        Delivery delivery = new Delivery(
                sample.envelope(),
                due(sample.job(), deadline),
                sample.delivery().registration());
        CutImage cut = new TileCutter().cut(grid, INPUT);
        SourceImage source = new SourceImage(CHECKPOINT, grid, Digest.of(samples), cut.plan());
        openNetworks++;
        InFlight<TiledImage> image =
                InFlight.first(delivery).with(new TiledImage(source, cut, new FakeNetwork(segmenter), 0));
        tiled.put(Lane.URGENT, image);
        return image;
    }

    private static ImageJob due(ImageJob job, Optional<Instant> deadline) {
        return new ImageJob(
                job.jobId(),
                job.imagingCase(),
                job.image(),
                job.checkpoint(),
                job.pixelSpacing(),
                job.slice(),
                deadline,
                job.labels());
    }

    /** Every tile is labelled with its first sample. */
    private List<TileOutput> firstSample(List<? extends TileInput> tiles, int size) {
        runs.add(size);
        List<TileOutput> outputs = new ArrayList<>();
        for (TileInput tile : tiles) {
            byte[] bytes = new byte[tile.bytes()];
            tile.writeTo(ByteBuffer.wrap(bytes), 0);
            byte[] labels = new byte[INPUT.outputPixels()];
            labels[0] = bytes[0];
            outputs.add(new TileOutput.Labels(labels, new byte[labels.length]));
        }
        return outputs;
    }

    private String expired() throws InterruptedException {
        JobOutcome outcome = outcomes.take(0).orElseThrow();
        assertThat(((JobOutcome.DeadLettered) outcome).letter().code()).isEqualTo(FailureCode.DEADLINE_EXPIRED);
        return outcome.jobId();
    }

    private static int labelOf(InFlight<SegmentedImage> image) {
        return ((TileOutput.Labels) image.payload().outputs().get(0)).labels()[0];
    }

    private void work() {
        try {
            stage.work(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain() throws InterruptedException {
        while (segmented.take(0).isPresent()) {
            // nobody looks at these
        }
    }

    private static <T> T take(Handoff<T> from) {
        try {
            return from.take(0).orElseThrow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the inference stage and the failure desk use; the rest belongs to other stages. */
    private PipelineParts parts() {
        RetryBackoff backoff = new RetryBackoff(Duration.ofMillis(1), Duration.ofMillis(1), new Random(1));
        return new PipelineParts(
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                new BatchLimits(Duration.ZERO, Duration.ofMinutes(1), 64),
                null,
                new Outcomes(),
                null,
                new FailurePolicy(backoff, 2),
                deadlines,
                backoff,
                new PipelineStatus(),
                Optional.empty(),
                new WorkerMetrics(registry),
                JobTraces.off(),
                new PipelineParts.Sizes(
                        64, 1, 64, 1, 32, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO),
                () -> 0);
    }

    private final class FakeNetwork implements Network {
        private final Segmenter segmenter;
        private boolean closed;

        private FakeNetwork(Segmenter segmenter) {
            this.segmenter = segmenter;
        }

        @Override
        public Segmenter segmenter() {
            return segmenter;
        }

        @Override
        public SortedMap<Integer, Duration> batchTimes() {
            SortedMap<Integer, Duration> times = new TreeMap<>();
            for (int size : List.of(1, 2, 4)) {
                times.put(size, Duration.ofMillis(size));
            }
            return times;
        }

        @Override
        public void close() {
            openNetworks -= closed ? 0 : 1;
            closed = true;
        }
    }
}
