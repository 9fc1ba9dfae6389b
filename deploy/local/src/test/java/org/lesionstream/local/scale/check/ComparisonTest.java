package org.lesionstream.local.scale.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionstream.local.scale.model.Backlog;

class ComparisonTest {

    @ParameterizedTest
    @CsvSource({"100, 90, true", "199, 179, true", "51, 46, true", "201, 90, false", "49, 90, false", "100, 181, false"
    })
    void passesWhenBothTimesAreWithinTheFactorEitherWay(double clear, double p95, boolean passes) {
        assertThat(comparison(clear, p95).passes()).isEqualTo(passes);
    }

    @Test
    void aTimeThatIsNoneNeverPasses() {
        assertThat(comparison(Double.NaN, 90).passes()).isFalse();
    }

    @Test
    void printsPredictedMeasuredAndTheirRatio() {
        assertThat(comparison(150, 45).figures())
                .isEqualTo(
                        "predicted-clear=150.0 measured-clear=100.0 clear-ratio=1.50 predicted-p95=45.0 measured-p95=90.0"
                                + " p95-ratio=0.50 factor=2.0");
    }

    private static Comparison comparison(double clear, double p95) {
        return new Comparison(new Backlog.Outcome(clear, p95), new Backlog.Outcome(100, 90), 2);
    }
}
