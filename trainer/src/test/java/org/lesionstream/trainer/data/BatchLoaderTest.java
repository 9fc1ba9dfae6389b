package org.lesionstream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.trainer.testing.DiscPictures;

class BatchLoaderTest {

    private static final InputSpec TILES = InputSpec.tiles(32, 32, 3, 4, 16);
    private static final int BATCH = 2;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void givesTheBatchesOfTheDataSetInTheirOrderFromOneEpochIntoTheNext(int threads) {
        SegmentationDataset dataset = dataset(7, BatchLoaderTest::disc);
        try (NDManager manager = NDManager.newBaseManager();
                BatchLoader loader = dataset.load(1, 0, BATCH, threads, () -> 0)) {
            for (int epoch = 1; epoch <= 3; epoch++) {
                for (List<Integer> numbers : dataset.epoch(epoch, BATCH)) {
                    assertEqual(loader.next(manager), dataset.batch(manager, epoch, numbers));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void beginsInTheMiddleOfAnEpoch(int threads) {
        SegmentationDataset dataset = dataset(7, BatchLoaderTest::disc);
        List<List<Integer>> rest = new ArrayList<>(dataset.epoch(5, BATCH).subList(2, 4));
        try (NDManager manager = NDManager.newBaseManager();
                BatchLoader loader = dataset.load(5, 2, BATCH, threads, () -> 0)) {
            for (List<Integer> numbers : rest) {
                assertEqual(loader.next(manager), dataset.batch(manager, 5, numbers));
            }
            List<Integer> numbers = dataset.epoch(6, BATCH).get(0);
            assertEqual(loader.next(manager), dataset.batch(manager, 6, numbers));
        }
    }

    @Test
    void theEndOfAnEpochIsTheBeginningOfTheNext() {
        SegmentationDataset dataset = dataset(4, BatchLoaderTest::disc);
        try (NDManager manager = NDManager.newBaseManager();
                BatchLoader loader = dataset.load(1, 2, BATCH, 1, () -> 0)) {
            List<Integer> numbers = dataset.epoch(2, BATCH).get(0);
            assertEqual(loader.next(manager), dataset.batch(manager, 2, numbers));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dataset.load(1, 3, BATCH, 1, () -> 0))
                .withMessage("firstBatch must be from 0 to 2, was 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dataset.load(1, 0, BATCH, 0, () -> 0))
                .withMessage("threads must be positive, was 0");
    }

    @Test
    void batchesThatWereTakenDoNotChangeWhileOthersArePrepared() {
        SegmentationDataset dataset = dataset(8, BatchLoaderTest::disc);
        try (NDManager manager = NDManager.newBaseManager();
                BatchLoader loader = dataset.load(1, 0, BATCH, 2, () -> 0)) {
            Batch first = loader.next(manager);
            float[] images = first.images().toFloatArray();
            for (int further = 0; further < 20; further++) {
                loader.next(manager);
            }
            assertThat(first.images().toFloatArray()).isEqualTo(images);
        }
    }

    @Test
    void aFailureReachesTheTakerAtItsBatch() {
        int culprit = dataset(6, BatchLoaderTest::disc).epoch(1, BATCH).get(1).get(0);
        SegmentationDataset dataset = dataset(6, files -> {
            if (files.name().equals(Integer.toString(culprit))) {
                throw new IllegalArgumentException("mask of " + culprit + " is grey");
            }
            return disc(files);
        });
        try (NDManager manager = NDManager.newBaseManager();
                BatchLoader loader = dataset.load(1, 0, BATCH, 2, () -> 0)) {
            assertThat(loader.next(manager).size()).isEqualTo(BATCH);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> loader.next(manager))
                    .withMessage("mask of " + culprit + " is grey");
        }
    }

    @Test
    void preparesThreeBatchesAThreadAndNoMore() throws InterruptedException {
        AtomicInteger reads = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(3 * BATCH);
        SegmentationDataset dataset = dataset(100, files -> {
            reads.incrementAndGet();
            full.countDown();
            return disc(files);
        });
        try (BatchLoader loader = dataset.load(1, 0, BATCH, 1, () -> 0)) {
            assertThat(full.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(reads).hasValue(3 * BATCH);
    }

    @Test
    void closingEndsTheThreadsWhileTheQueueIsFull() throws InterruptedException {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch full = new CountDownLatch(2 * 3 * BATCH);
        SegmentationDataset dataset = dataset(100, files -> {
            threads.add(Thread.currentThread());
            full.countDown();
            return disc(files);
        });
        BatchLoader loader = dataset.load(1, 0, BATCH, 2, () -> 0);
        assertThat(full.await(10, TimeUnit.SECONDS)).isTrue();
        loader.close();
        assertEnded(threads);
    }

    @Test
    void closingEndsThreadsThatAreStuckInTheirWork() throws InterruptedException {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch never = new CountDownLatch(1);
        SegmentationDataset dataset = dataset(100, files -> {
            threads.add(Thread.currentThread());
            begun.countDown();
            await(never);
            return disc(files);
        });
        BatchLoader loader = dataset.load(1, 0, BATCH, 2, () -> 0);
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        loader.close();
        assertThat(threads).hasSize(2);
        assertEnded(threads);
    }

    @Test
    void countsTheTimeThatTheTakerWaits() {
        AtomicLong clock = new AtomicLong();
        try (NDManager manager = NDManager.newBaseManager();
                BatchLoader loader = dataset(4, BatchLoaderTest::disc).load(1, 0, BATCH, 1, () -> clock.getAndAdd(7))) {
            loader.next(manager);
            loader.next(manager);
            assertThat(loader.waited()).isEqualTo(Duration.ofNanos(14));
        }
    }

    @Test
    void weightsAreTheMiddleOfTheWindow() {
        InputSpec valid = InputSpec.validTiles(32, 32, 3, 4, 8);
        Function<LabelMask, float[]> numbers = mask -> {
            float[] weights = new float[mask.labels().length];
            IntStream.range(0, weights.length).forEach(pixel -> weights[pixel] = pixel);
            return weights;
        };
        try (NDManager manager = NDManager.newBaseManager()) {
            Batch batch = dataset(2, valid, numbers).batch(manager, 1, List.of(0, 1));
            float[] weights = batch.weights().orElseThrow().toFloatArray();
            assertThat(batch.weights().orElseThrow().getShape().getShape()).containsExactly(2, 1, 24, 24);
            assertThat(weights[0]).isEqualTo(4 * 32 + 4);
            assertThat(weights[24 * 24 - 1]).isEqualTo(27 * 32 + 27);
            assertThat(weights[24 * 24]).as("the second sample").isEqualTo(4 * 32 + 4);
            assertThatIllegalStateException()
                    .isThrownBy(() -> dataset(2, valid, mask -> new float[7]).batch(manager, 1, List.of(0)))
                    .withMessage("a weight map must have 1024 weights, had 7");
        }
    }

    private static void assertEqual(Batch taken, Batch expected) {
        assertThat(taken.size()).isEqualTo(expected.size());
        assertThat(taken.images().toByteArray()).isEqualTo(expected.images().toByteArray());
        assertThat(taken.target().toByteArray()).isEqualTo(expected.target().toByteArray());
        assertThat(taken.weights().orElseThrow().toByteArray())
                .isEqualTo(expected.weights().orElseThrow().toByteArray());
    }

    private static void assertEnded(Set<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(10));
            assertThat(thread.isAlive()).isFalse();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("ended", interrupted);
        }
    }

    private static Sample disc(CaseFiles files) {
        return DiscPictures.sample(50, 60, Long.parseLong(files.name()));
    }

    private static Sample noisy(Sample sample, RandomGenerator random) {
        byte[] noise = new byte[sample.image().samples().length];
        random.nextBytes(noise);
        PixelGrid image = sample.image();
        return new Sample(
                new PixelGrid(image.height(), image.width(), image.channels(), image.type(), noise, Optional.empty()),
                sample.mask());
    }

    private static SegmentationDataset dataset(int count, Function<CaseFiles, Sample> read) {
        return dataset(count, TILES, read, mask -> {
            float[] weights = new float[mask.labels().length];
            IntStream.range(0, weights.length).forEach(pixel -> weights[pixel] = 1 + mask.labels()[pixel]);
            return weights;
        });
    }

    private static SegmentationDataset dataset(int count, InputSpec spec, Function<LabelMask, float[]> weightMap) {
        return dataset(count, spec, BatchLoaderTest::disc, weightMap);
    }

    private static SegmentationDataset dataset(
            int count, InputSpec spec, Function<CaseFiles, Sample> read, Function<LabelMask, float[]> weightMap) {
        List<CaseFiles> cases = IntStream.range(0, count)
                .mapToObj(number -> new CaseFiles(Integer.toString(number), Path.of("image"), Path.of("mask")))
                .toList();
        return new SegmentationDataset(
                new SampleCache(cases, read, 0),
                spec,
                1,
                Normalisation.unit(3),
                BatchLoaderTest::noisy,
                Optional.of(weightMap),
                3);
    }
}
