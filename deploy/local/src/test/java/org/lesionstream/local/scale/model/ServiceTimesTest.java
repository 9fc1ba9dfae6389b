package org.lesionstream.local.scale.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ServiceTimesTest {

    @Test
    void fillsAnUrgentBatchAsLongAsThatHardlyTakesLonger() {
        ServiceTimes gpu = new ServiceTimes(4, 32, 0.010, 0.0001, 0);
        ServiceTimes cpu = new ServiceTimes(4, 4, 0, 0.08, 0);

        assertThat(gpu.batchWith(2)).isEqualTo(27);
        assertThat(cpu.batchWith(2)).isEqualTo(2);
        assertThat(cpu.batchWith(9)).isEqualTo(4);
        assertThat(cpu.batchWith(0)).isEqualTo(4);
    }

    @Test
    void areFasterInEverything() {
        ServiceTimes times = ServiceTimes.measured();

        assertThat(times.imagesPerSecond()).isCloseTo(1.79, within(0.01));
        assertThat(times.faster(20).imagesPerSecond()).isCloseTo(20 * times.imagesPerSecond(), within(1e-9));
    }

    @Test
    void refuseWhatNoWorkerDoes() {
        assertThatThrownBy(() -> new ServiceTimes(0.5, 4, 0, 0.1, 0))
                .hasMessage("tilesPerImage must be at least 1, was 0.5");
        assertThatThrownBy(() -> new ServiceTimes(1, 4, 0, 0, 0)).hasMessage("tileSeconds must be positive, was 0.0");
    }
}
