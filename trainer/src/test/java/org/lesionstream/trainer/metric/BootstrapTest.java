package org.lesionstream.trainer.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    @Test
    void equalValuesHaveAnIntervalOfNoWidth() {
        assertThat(Bootstrap.DEFAULT.mean(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)).hasValue(new Estimate(0.1, 0.1, 0.1, 7));
        assertThat(Bootstrap.DEFAULT.mean(0.3)).hasValue(new Estimate(0.3, 0.3, 0.3, 1));
    }

    @Test
    void ofNothingThereIsNoMean() {
        assertThat(Bootstrap.DEFAULT.mean()).isEmpty();
    }

    @Test
    void theSameValuesGiveTheSameInterval() {
        double[] values = {0.2, 0.9, 0.4, 0.8};
        assertThat(Bootstrap.DEFAULT.mean(values)).isEqualTo(Bootstrap.DEFAULT.mean(values));
        assertThat(Bootstrap.DEFAULT.mean(values)).isNotEqualTo(new Bootstrap(2000, 2).mean(values));
    }

    @Test
    void theIntervalIsThatOfTheNormalDistributionForManyValues() {
        // 0 and 1 in equal number: standard error of the mean 0.5 / sqrt 400 = 0.025, so 0.5 -/+ 1.96 * 0.025
        double[] values = new double[400];
        Arrays.fill(values, 0, 200, 1);
        Estimate estimate = Bootstrap.DEFAULT.mean(values).orElseThrow();
        assertThat(estimate.mean()).isEqualTo(0.5);
        assertThat(estimate.low()).isCloseTo(0.451, within(0.005));
        assertThat(estimate.high()).isCloseTo(0.549, within(0.005));
    }

    @Test
    void coversTheTrueMeanAboutAsOftenAsItSays() {
        SplittableRandom random = new SplittableRandom(3);
        int covered = 0;
        for (int sample = 0; sample < 200; sample++) {
            Estimate estimate = new Bootstrap(500, sample)
                    .mean(random.doubles(40).toArray())
                    .orElseThrow();
            covered += estimate.low() <= 0.5 && 0.5 <= estimate.high() ? 1 : 0;
        }
        assertThat(covered).isBetween(180, 199);
    }
}
