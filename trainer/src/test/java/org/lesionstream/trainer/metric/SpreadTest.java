package org.lesionstream.trainer.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void dividesByOneLessThanTheNumberOfValues() {
        Spread spread = Spread.of(2, 4, 4, 4, 5, 5, 7, 9);
        assertThat(spread.mean()).isEqualTo(5);
        assertThat(spread.standardDeviation()).isEqualTo(Math.sqrt(32 / 7.0), within(1e-12));
    }

    @Test
    void equalValuesHaveNoSpread() {
        assertThat(Spread.of(0.875, 0.875)).isEqualTo(new Spread(0.875, 0));
    }

    @Test
    void oneValueHasNoSpreadToMeasure() {
        assertThatThrownBy(() -> Spread.of(0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least two values, were 1");
    }
}
