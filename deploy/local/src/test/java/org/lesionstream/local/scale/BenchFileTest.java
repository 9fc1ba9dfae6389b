package org.lesionstream.local.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.scale.model.ServiceTimes;

class BenchFileTest {

    @TempDir
    private Path folder;

    @Test
    void takesTheRateOfTheWholeWorker() throws IOException {
        ServiceTimes times = read("""
                {"medians": {"jobs": 60, "tiles_per_image": 7.1, "tiles_per_second": 12.7, "batch_tiles": 3.9,
                 "decode_busy_seconds": 3, "idle_work_ms": 610, "idle_mean_ms": 640, "persist_ms": 14, "publish_ms": 16}}
                """);

        assertThat(times.imagesPerSecond()).isCloseTo(12.7 / 7.1, within(1e-9));
        assertThat(times.batchTiles()).isEqualTo(4);
        assertThat(times.batchSeconds()).isZero();
        assertThat(times.otherSeconds()).isCloseTo(0.64 - 8 / 12.7, within(1e-9));
    }

    @Test
    void tellsTheFixedTimeOfABatchFromTheSmallerOnesOfAnIdleWorker() throws IOException {
        ServiceTimes times = read("""
                {"medians": {"jobs": 100, "tiles_per_image": 2, "tiles_per_second": 1000, "batch_tiles": 32,
                 "decode_busy_seconds": 0.5, "idle_work_ms": 19, "idle_mean_ms": 40}}
                """);

        // 32 tiles take 32 ms, 2 tiles 14 ms without decoding: 0.6 ms a tile and 12.8 ms in any case
        assertThat(times.tileSeconds()).isCloseTo(0.0006, within(1e-9));
        assertThat(times.batchSeconds()).isCloseTo(0.0128, within(1e-9));
        assertThat(times.otherSeconds()).isCloseTo(0.026, within(1e-9));
    }

    @Test
    void takesTheDeliveryWhereNoLatencyWasMeasured() throws IOException {
        ServiceTimes times = read("""
                {"medians": {"jobs": 100, "tiles_per_image": 3.75, "tiles_per_second": 727, "batch_tiles": 32,
                 "decode_busy_seconds": 4, "persist_ms": 30, "publish_ms": 17, "idle_work_ms": null}}
                """);

        assertThat(times.batchSeconds()).isZero();
        assertThat(times.otherSeconds()).isCloseTo(0.047, within(1e-9));
    }

    @Test
    void refusesWhatIsNoBench() {
        assertThatThrownBy(() -> read("{\"medians\": {\"tiles_per_image\": 3}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no tiles_per_second; write it with deploy/bench --json");
    }

    private ServiceTimes read(String json) throws IOException {
        return BenchFile.read(Files.writeString(folder.resolve("bench.json"), json));
    }
}
