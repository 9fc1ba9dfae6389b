package org.lesionstream.trainer.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SignFlipPermutationTest {

    @Test
    void darwinsMaizeHasFishersFigure() {
        // Fisher, "The design of experiments" (1935), section 21: 863 of 32,768 sums are as large, and as many as small
        assertThat(SignFlipPermutation.of(WilcoxonSignedRankTest.DARWIN))
                .isEqualTo(new SignFlipPermutation(2 * 863 / 32768.0, true));
    }

    @Test
    void drawnSignsComeCloseToAllSigns() {
        // Darwin's figures and two small ones on top: 17 are too many to try all, by enumeration 6898 of 131072
        double[] more = new double[17];
        System.arraycopy(WilcoxonSignedRankTest.DARWIN, 0, more, 0, 15);
        more[15] = 1;
        more[16] = -1;
        SignFlipPermutation drawn = SignFlipPermutation.of(more);
        assertThat(drawn.exact()).isFalse();
        assertThat(drawn.chance())
                .isCloseTo(6898 / 131072.0, within(0.007)); // three standard deviations of 9,999 draws
    }

    @Test
    void withoutADifferenceNothingIsUnlikely() {
        assertThat(SignFlipPermutation.of(0, 0)).isEqualTo(new SignFlipPermutation(1, true));
    }

    @Test
    void roundingDoesNotHideEqualSums() {
        assertThat(SignFlipPermutation.of(0.1, 0.2, 0.3).chance()).isEqualTo(2 / 8.0);
        assertThat(SignFlipPermutation.of(0.1, 0.2, -0.3).chance()).isOne();
    }
}
