package org.lesionstream.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesionstream.worker.testing.TestStore;

class WarmUpTest {

    private static final int TILE_BYTES = TestStore.TILES.tileBytes();

    @Test
    void runsEveryBatchSizeOftenEnoughForTheEngineToSettle() {
        var segmenter = new FakeSegmenter(TestStore.TILES, 4);

        new WarmUp(List.of(1, 4), () -> 0).run(segmenter, TILE_BYTES);

        assertThat(segmenter.runs()).containsExactly(1, 1, 1, 1, 1, 4, 4, 4, 4, 4);
    }

    @Test
    void reportsTheMedianOfTheRunsAfterTheEngineSettled() {
        long[] now = {0};
        List<Long> durations = new ArrayList<>(List.of(9000L, 8000L, 30L, 10L, 20L));
        Segmenter slowAtFirst = tiles -> {
            now[0] += durations.remove(0);
            return List.of();
        };

        assertThat(new WarmUp(List.of(2), () -> now[0]).run(slowAtFirst, TILE_BYTES))
                .containsExactly(entry(2, Duration.ofNanos(20)));
    }
}
