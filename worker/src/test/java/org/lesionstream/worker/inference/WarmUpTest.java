package org.lesionstream.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.checkpoint.NetworkDescription;
import org.lesionstream.worker.testing.TestStore;

class WarmUpTest {

    private static final List<Integer> SIZES = List.of(1, 2, 4, 8);

    private static final int TILE_BYTES = TestStore.TILES.tileBytes();

    @Test
    void runsEveryBatchSizeOftenEnoughForTheEngineToSettle() {
        var segmenter = new FakeSegmenter(TestStore.TILES, 4);

        warmUp(List.of(1, 4), OptionalInt.empty(), () -> 0).run(segmenter, TILE_BYTES);

        assertThat(segmenter.runs()).containsExactly(1, 1, 1, 1, 1, 4, 4, 4, 4, 4);
    }

    @Test
    void reportsTheMedianOfTheRunsAfterTheEngineSettled() {
        List<Long> durations = new ArrayList<>(List.of(9000L, 8000L, 30L, 10L, 20L));

        assertThat(timed(List.of(2), OptionalInt.empty(), size -> durations.remove(0)))
                .containsExactly(entry(2, Duration.ofNanos(20)));
    }

    @Test
    void goesUpToTheSizeWithTheMostTilesPerSecond() {
        Map<Integer, Long> nanos = Map.of(1, 100L, 2, 150L, 4, 400L, 8, 800L);

        assertThat(timed(SIZES, OptionalInt.empty(), nanos::get)).containsOnlyKeys(1, 2);
    }

    @Test
    void doesNotLetJobsWaitForAnInvisibleGain() {
        Map<Integer, Long> nanos = Map.of(1, 100L, 2, 199L, 4, 397L, 8, 780L);

        assertThat(timed(SIZES, OptionalInt.empty(), nanos::get)).containsOnlyKeys(1, 2, 4, 8);
        assertThat(timed(List.of(1, 2, 4), OptionalInt.empty(), nanos::get)).containsOnlyKeys(1);
    }

    @Test
    void leavesOutSizesThatTakeTooLong() {
        Map<Integer, Long> nanos = Map.of(1, 2000L, 2, 2000L, 4, 2000L, 8, 2000L);
        assertThat(timed(SIZES, OptionalInt.empty(), nanos::get)).containsOnlyKeys(1);

        Map<Integer, Long> slower = Map.of(1, 600L, 2, 900L, 4, 1100L, 8, 1200L);
        assertThat(timed(SIZES, OptionalInt.empty(), slower::get)).containsOnlyKeys(1, 2);
    }

    @Test
    void takesTheLargestSizeThatWasSetByHandThoughAnotherIsFaster() {
        Map<Integer, Long> nanos = Map.of(1, 100L, 2, 400L, 4, 900L, 8, 10L);

        assertThat(timed(SIZES, OptionalInt.of(4), nanos::get)).containsOnlyKeys(1, 2, 4);
    }

    @Test
    void leavesOutSizesThatTheDeviceHasNoMemoryFor() {
        var segmenter = new FakeSegmenter(TestStore.TILES, 3);

        assertThat(warmUp(SIZES, OptionalInt.empty(), () -> 0).run(segmenter, TILE_BYTES))
                .containsOnlyKeys(1, 2);
        assertThatThrownBy(
                        () -> warmUp(List.of(4), OptionalInt.empty(), () -> 0).run(segmenter, TILE_BYTES))
                .isInstanceOf(OutOfMemoryException.class);
    }

    @Test
    void padsWhatIsNotMadeOfConvolutionsToOneSize() {
        SortedMap<Integer, Duration> warm =
                new TreeMap<>(Map.of(1, Duration.ofMillis(3), 2, Duration.ofMillis(4), 4, Duration.ofMillis(6)));

        for (String convolutions : List.of("unet-same", "unetpp-vgg", "u2netp")) {
            assertThat(BatchInvariance.sizes(new NetworkDescription(convolutions, Map.of()), warm))
                    .isEqualTo(warm);
        }
        for (String other : List.of("uctransnet", "uctransnet-u2", "unetv2", "unet-pvt", "torchscript")) {
            assertThat(BatchInvariance.sizes(new NetworkDescription(other, Map.of()), warm))
                    .containsOnlyKeys(4);
        }
    }

    /** The sizes that are chosen if a run takes so many of the thousand nanoseconds that it may. */
    private static SortedMap<Integer, Duration> timed(
            List<Integer> sizes, OptionalInt largest, ToLongFunction<Integer> nanos) {
        long[] now = {0};
        Segmenter segmenter = (tiles, size) -> {
            now[0] += nanos.applyAsLong(size);
            return List.of();
        };
        return warmUp(sizes, largest, () -> now[0]).run(segmenter, TILE_BYTES);
    }

    private static WarmUp warmUp(List<Integer> sizes, OptionalInt largest, LongSupplier clock) {
        return new WarmUp(sizes, largest, Duration.ofNanos(1000), clock);
    }
}
