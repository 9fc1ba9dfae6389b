package org.lesionstream.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FigureMakerTest {

    private final Figures figures = FigureMaker.of(SampleRun.manifest(), SampleRun.pictures(), SampleRun.withLoads());

    @Test
    void comparesTheWorkerWithTheNetworkAlone() {
        assertThat(figures.value("tiles_per_second")).isEqualTo(20);
        assertThat(figures.value("images_per_second")).isEqualTo(5);
        assertThat(figures.value("bare_images_per_second")).isEqualTo(6.25);
        assertThat(figures.value("ratio")).isEqualTo(0.8);
        assertThat(figures.value("full_share")).isEqualTo(1);
        assertThat(figures.value("two_share")).isEqualTo(1);
        assertThat(figures.value("damaged_share")).isEqualTo(1);
    }

    @Test
    void tellsBatchesAndWhatReleasedThem() {
        assertThat(figures.value("batch_tiles")).isEqualTo(4);
        assertThat(figures.value("batch_fill")).isEqualTo(0.8);
        assertThat(figures.value("slow_batches")).isEqualTo(1);
        assertThat(figures.value("batch_ms")).isCloseTo(150, within(1e-9));
        assertThat(figures.value("released_full")).isEqualTo(8);
        assertThat(figures.value("released_due")).isEqualTo(2);
    }

    @Test
    void countsAsOwnCostWhatIsNeitherDecodeNorInferenceNorPassing() {
        assertThat(figures.value("cpu_inference_ms")).isEqualTo(300);
        assertThat(figures.value("cpu_compiler_ms")).isEqualTo(90);
        assertThat(figures.value("own_cpu_ms")).isEqualTo(2);
        assertThat(figures.value("job_cpu_ms"))
                .isEqualTo(1.5); // at rest 2.5 ms/s, which is 5 ms in the time of ten jobs
    }

    @Test
    void takesTheMedianOfAStoredBatchFromStretches() {
        assertThat(figures.value("persist_ms")).isCloseTo(5, within(1e-9)); // two batches of 5 ms, one of 100 ms
        assertThat(figures.value("persist_busy_seconds")).isCloseTo(0.11, within(1e-9));
        assertThat(figures.value("register_busy_seconds")).isCloseTo(0.25, within(1e-9));
        assertThat(figures.value("publish_ms")).isNaN();
    }

    @Test
    void countsTheBytesOfAnImageOnItsWay() {
        assertThat(figures.value("source_bytes")).isEqualTo(1000);
        assertThat(figures.value("decoded_bytes")).isEqualTo(3000);
        assertThat(figures.value("tile_bytes")).isEqualTo(4 * 16 * 32 * 3);
        assertThat(figures.value("label_bytes")).isEqualTo(4 * 16 * 32 * 2);
        assertThat(figures.value("mask_bytes")).isEqualTo(512);
    }

    @Test
    void showsLatenciesByLoadAndLaneAndHowMuchOfItWasWork() {
        assertThat(figures.value("idle_urgent_p50_ms")).isEqualTo(100);
        assertThat(figures.value("full_backfill_p99_ms")).isEqualTo(3000 - 1009);
        assertThat(figures.value("idle_work_ms")).isCloseTo(200, within(1e-9)); // 1.5 s of batches and 0.5 s of decode
        assertThat(figures.value("rss_growth_percent")).isCloseTo(2, within(1e-9));
    }

    @Test
    void leavesOutWhatWasNotMeasured() {
        Figures bare = FigureMaker.of(SampleRun.manifest(), SampleRun.pictures(), SampleRun.withoutNetworkAndLoads());

        assertThat(bare.value("ratio")).isNaN();
        assertThat(bare.value("tiles_per_second")).isEqualTo(20);
        assertThat(bare.sections()).doesNotContain(FigureMaker.LATENCY);
    }
}
