package org.lesionstream.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AxisTest {

    @Test
    void sharesRunFromOneEndToTheOther() {
        Axis axis = Axis.linear("DSC", 0, 1);
        assertThat(axis.share(0)).isZero();
        assertThat(axis.share(0.25)).isEqualTo(0.25);
        assertThat(axis.ticks()).extracting(axis::text).containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1");
    }

    @Test
    void equalRatiosAreEquallyFarApart() {
        Axis axis = Axis.decades("pixels", 30, 7000);
        assertThat(axis.ticks()).extracting(axis::text).containsExactly("10", "100", "1000", "10000");
        assertThat(axis.share(100)).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(Axis.decades("pixels", 100, 100).high()).isEqualTo(1000);
    }

    @Test
    void roundEndsHoldAllValues() {
        Axis axis = Axis.around("difference", -0.13, 0.04);
        assertThat(axis.low()).isLessThanOrEqualTo(-0.13);
        assertThat(axis.high()).isGreaterThanOrEqualTo(0.04);
        assertThat(axis.ticks()).extracting(axis::text).contains("-0.10", "0").doesNotContain("-0");
        Axis flat = Axis.around("loss", 0, 0);
        assertThat(flat.high()).isGreaterThan(flat.low());
    }

    @Test
    void refusesAnAxisWithoutLength() {
        assertThatIllegalArgumentException().isThrownBy(() -> Axis.linear("x", 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Axis("x", 0, 1, true));
    }
}
