package org.lesionstream.local.scale.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class DayProfileTest {

    @Test
    void spreadsAllImagesOverTheDay() {
        DayProfile hospital = DayProfile.hospital();
        double sum = 0;
        for (int second = 0; second < Scenario.DAY; second++) {
            sum += hospital.rate(second + 0.5, 200_000);
        }

        assertThat(sum).isCloseTo(200_000, within(1.0));
        assertThat(hospital.rate(9 * 3600, 200_000)).isEqualTo(hospital.peak(200_000));
        assertThat(hospital.rate(Scenario.DAY + 3600, 1)).isEqualTo(hospital.rate(3600, 1));
    }

    @Test
    void needsAWeightForEachHour() {
        assertThatThrownBy(() -> new DayProfile(List.of(1.0))).hasMessage("hours must be 24, were 1");
    }
}
