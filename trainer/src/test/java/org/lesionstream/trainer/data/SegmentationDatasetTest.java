package org.lesionstream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.trainer.augment.FlipsAndTurns;
import org.lesionstream.trainer.testing.DiscPictures;

class SegmentationDatasetTest {

    private static final InputSpec TILES = InputSpec.tiles(32, 32, 3, 4, 16);

    @Test
    void anEpochShowsEverySampleOnceInAnOrderOfItsOwn() {
        SegmentationDataset dataset = dataset(7, 32, 32, 1);
        List<List<Integer>> first = dataset.epoch(1, 3);
        assertThat(first).extracting(List::size).containsExactly(3, 3, 1);
        assertThat(first.stream().flatMap(List::stream)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
        assertThat(dataset.epoch(2, 3)).isNotEqualTo(first);
        assertThat(dataset.epoch(1, 3)).isEqualTo(first);
        assertThat(dataset(7, 32, 32, 2).epoch(1, 3)).isNotEqualTo(first);
    }

    @Test
    void batchesAreRepeatableAndVaryByEpoch() {
        try (NDManager manager = NDManager.newBaseManager()) {
            float[] once = dataset(2, 50, 60, 1)
                    .batch(manager, 1, List.of(0, 1))
                    .images()
                    .toFloatArray();
            float[] again = dataset(2, 50, 60, 1)
                    .batch(manager, 1, List.of(0, 1))
                    .images()
                    .toFloatArray();
            float[] later = dataset(2, 50, 60, 1)
                    .batch(manager, 2, List.of(0, 1))
                    .images()
                    .toFloatArray();
            assertThat(again).isEqualTo(once);
            assertThat(later).isNotEqualTo(once);
        }
    }

    @Test
    void imagesAreNormalisedAndTargetsFollowThem() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Batch batch = dataset(1, 50, 60, 1).batch(manager, 3, List.of(0));
            assertThat(batch.images().getShape()).isEqualTo(new Shape(1, 3, 32, 32));
            assertThat(batch.target().getShape()).isEqualTo(new Shape(1, 1, 32, 32));
            float[] images = batch.images().toFloatArray();
            float[] target = batch.target().toFloatArray();
            for (int pixel = 0; pixel < target.length; pixel++) { // discs are darker than 120, all else is brighter
                assertThat(images[pixel] * 255 < 125).isEqualTo(target[pixel] == 1);
            }
        }
    }

    @Test
    void severalMapsGetOneHotTargets() {
        SampleCache cache = new SampleCache(cases(1), files -> DiscPictures.sample(32, 32, 1), 0);
        SegmentationDataset dataset = new SegmentationDataset(
                cache, TILES, 2, Normalisation.unit(3), SampleTransform.NONE, Optional.empty(), 1);
        try (NDManager manager = NDManager.newBaseManager()) {
            float[] target = dataset.batch(manager, 1, List.of(0)).target().toFloatArray();
            for (int pixel = 0; pixel < 32 * 32; pixel++) {
                assertThat(target[pixel] + target[32 * 32 + pixel]).isEqualTo(1);
            }
            assertThat(target[0]).as("the corner is background").isEqualTo(1);
        }
    }

    @Test
    void smallerPicturesAreMirroredToTheTile() {
        Sample small = DiscPictures.sample(20, 32, 4);
        Sample cut = new TrainingWindow(TILES).apply(small, new SplittableRandom(1));
        for (int row = 20; row < 32; row++) {
            for (int column = 0; column < 32; column++) {
                int mirrored = 2 * 19 - row;
                assertThat(cut.image().sample(row, column, 1))
                        .isEqualTo(small.image().sample(mirrored, column, 1));
                assertThat(cut.mask().label(row, column)).isEqualTo(small.mask().label(mirrored, column));
            }
        }
    }

    @Test
    void normalisationMakesEachChannelCentredAndOfUnitDeviation() {
        SampleCache cache = new SampleCache(cases(3), files -> DiscPictures.sample(32, 32, 1), 0);
        Normalisation normalisation = Normalisation.of(cache.images());
        SegmentationDataset dataset =
                new SegmentationDataset(cache, TILES, 1, normalisation, SampleTransform.NONE, Optional.empty(), 1);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray images = dataset.batch(manager, 1, List.of(0, 1, 2)).images();
            for (int channel = 0; channel < 3; channel++) {
                NDArray values = images.get(":, " + channel);
                assertThat(values.mean().getFloat()).isCloseTo(0, within(1e-4f));
                assertThat(values.square().mean().getFloat()).isCloseTo(1, within(1e-3f));
            }
        }
    }

    @Test
    void theCacheKeepsWhatFitsAndReadsTheRestAnew() {
        AtomicInteger reads = new AtomicInteger();
        long oneSample = 32L * 32 * 4;
        SampleCache cache = new SampleCache(
                cases(2),
                files -> {
                    reads.incrementAndGet();
                    return DiscPictures.sample(32, 32, 1);
                },
                oneSample);
        for (int round = 0; round < 3; round++) {
            cache.get(0);
            cache.get(1);
        }
        assertThat(reads).hasValue(1 + 3);
    }

    @Test
    void theCacheMayBeAskedByManyThreadsAndStaysWithinItsBound() {
        AtomicInteger reads = new AtomicInteger();
        int fitting = 10;
        SampleCache cache = new SampleCache(
                cases(40),
                files -> {
                    reads.incrementAndGet();
                    return DiscPictures.sample(16, 16, Long.parseLong(files.name()));
                },
                fitting * 16L * 16 * 4);
        for (int round = 0; round < 20; round++) {
            IntStream.range(0, 40).parallel().forEach(index -> assertThat(cache.get(index))
                    .isEqualTo(DiscPictures.sample(16, 16, index)));
        }
        reads.set(0);
        IntStream.range(0, 40).forEach(cache::get);
        assertThat(reads).as("what did not fit is read again").hasValue(40 - fitting);
    }

    private static SegmentationDataset dataset(int count, int height, int width, long seed) {
        SampleCache cache = new SampleCache(
                cases(count), files -> DiscPictures.sample(height, width, Long.parseLong(files.name())), 1 << 20);
        return new SegmentationDataset(
                cache, TILES, 1, Normalisation.unit(3), new FlipsAndTurns(), Optional.empty(), seed);
    }

    private static List<CaseFiles> cases(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new CaseFiles(Integer.toString(number), Path.of("image"), Path.of("mask")))
                .toList();
    }
}
