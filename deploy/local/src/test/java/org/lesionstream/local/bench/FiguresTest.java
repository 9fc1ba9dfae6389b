package org.lesionstream.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private static final Figure RATE = new Figure("Throughput", "tiles_per_second", "end to end", "tiles/s", 23.456);
    private static final Figure RATIO = new Figure("Throughput", "ratio", "end to end / bare loop", "", 0.875);
    private static final Figure BATCHES = new Figure("Batches", "batches", "batches", "", 140);
    private static final Figure MASK = new Figure("Batches", "mask_bytes", "stored mask", "B", Double.NaN);

    @Test
    void standInColumnsUnderTheirHeadings() {
        List<String> table = new Figures(List.of(RATE, RATIO, BATCHES, MASK)).table();

        assertThat(table)
                .containsExactly(
                        "",
                        "Throughput",
                        "  end to end                                             23.5 tiles/s",
                        "  end to end / bare loop                                 0.88",
                        "",
                        "Batches",
                        "  batches                                                 140",
                        "  stored mask                                               - B");
    }

    @Test
    void areJoinedIntoALineWithoutWhatCouldNotBeMeasured() {
        Figures figures = new Figures(List.of(RATE, BATCHES, MASK));

        assertThat(figures.line("batches", "mask_bytes", "absent", "tiles_per_second"))
                .isEqualTo("batches=140 tiles-per-second=23.5");
        assertThat(figures.values()).containsEntry("batches", 140.0).containsEntry("mask_bytes", null);
    }

    @Test
    void haveMediansOverTheRunsInWhichTheyWereMeasured() {
        Figures medians = Figures.medians(List.of(
                new Figures(List.of(RATIO.with(0.9), MASK.with(100))),
                new Figures(List.of(RATIO.with(0.1), MASK)),
                new Figures(List.of(RATIO.with(0.8), MASK.with(300), BATCHES))));

        assertThat(medians.value("ratio")).isEqualTo(0.8);
        assertThat(medians.value("mask_bytes")).isEqualTo(200);
        assertThat(medians.value("batches")).isEqualTo(140);
    }

    @Test
    void areWrittenWithTheDigitsThatAMeasurementIsGoodFor() {
        assertThat(Figures.number(12345.6)).isEqualTo("12346");
        assertThat(Figures.number(12.34)).isEqualTo("12.3");
        assertThat(Figures.number(0.004)).isEqualTo("0.00");
        assertThat(Figures.number(3)).isEqualTo("3");
        assertThat(Figures.number(Double.NaN)).isEqualTo("-");
    }

    @Test
    void areRefusedWhenAKeyComesTwice() {
        assertThatThrownBy(() -> new Figures(List.of(RATE, RATE))).hasMessageContaining("tiles_per_second");
    }
}
