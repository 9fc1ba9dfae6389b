package org.lesionstream.local.scale.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CalibrationTest {

    /** Twenty images a second of two tiles, 150 ms for one alone, while 1.2 of two cores work. */
    private static final Calibration MEASURED = new Calibration(8, 20, 2, 4, 0.15, 1.2, 0, 2);

    @Test
    void givesTheModelTheRateThatWasMeasured() {
        assertThat(MEASURED.times(1).imagesPerSecond()).isCloseTo(20, within(1e-9));
        assertThat(MEASURED.times(1).batchTiles()).isEqualTo(4);
        assertThat(MEASURED.times(1).otherSeconds()).isCloseTo(0.15 - 2 * 0.025, within(1e-9));
    }

    @Test
    void slowsWorkersDownOnlyWhereTheyNeedMoreCoresThanThereAre() {
        assertThat(MEASURED.slowdown(1)).isEqualTo(1);
        assertThat(MEASURED.slowdown(3)).isCloseTo(1.8, within(1e-9));
        assertThat(new Calibration(8, 20, 2, 4, 0.15, 1.2, 0, 4).slowdown(3)).isEqualTo(1);
        assertThat(new Calibration(8, 20, 2, 4, 0.15, 0.5, 1.5, 2).slowdown(3))
                .as("where others have the rest of the machine, and get less of it")
                .isEqualTo(1.5);
        assertThat(3 * MEASURED.times(3).imagesPerSecond())
                .as("what all three do with two cores")
                .isCloseTo(20 * 2 / 1.2, within(1e-9));
    }

    @Test
    void refusesWhatIsNoMeasurement() {
        assertThatThrownBy(() -> new Calibration(8, 0, 2, 4, 0.15, 1.2, 0, 2))
                .hasMessage("imagesPerSecond must be positive, was 0.0");
        assertThatThrownBy(() -> new Calibration(8, 20, 2, Double.NaN, 0.15, 1.2, 0, 2))
                .hasMessage("batchTiles must be positive, was NaN");
        assertThatThrownBy(() -> new Calibration(8, 20, 2, 4, 0.15, 1.2, -1, 2))
                .hasMessage("otherCores must not be negative, was -1.0");
    }

    @Test
    void saysItInOneLine() {
        assertThat(MEASURED)
                .hasToString(
                        "20.0 images/s of 2.0 tiles in batches of 4.0, 150 ms for one job, a start of 8.0 s, 1.2 cores busy and 0.0 for others, of 2");
    }
}
