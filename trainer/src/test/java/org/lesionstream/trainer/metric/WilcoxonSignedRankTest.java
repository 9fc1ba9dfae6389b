package org.lesionstream.trainer.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilcoxonSignedRankTest {

    /** Darwin's maize, crossed less self-fertilised, in eighths of an inch: Fisher, "The design of experiments" (1935), table 3. */
    static final double[] DARWIN = {49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};

    @Test
    void darwinsMaizeHasItsPublishedFigures() {
        // the example of scipy.stats.wilcoxon: statistic 24, p = 0.041259765625
        WilcoxonSignedRank test = WilcoxonSignedRank.of(DARWIN);
        assertThat(test).isEqualTo(new WilcoxonSignedRank(15, 0, 96, 24, 0.041259765625));
    }

    @Test
    void fiveDifferencesOfOneSignAreTheRarestOfThirtyTwoChoicesTwice() {
        assertThat(WilcoxonSignedRank.of(1, 2, 3, 4, 5).chance()).isEqualTo(2 / 32.0);
    }

    @Test
    void zerosAreDroppedAndTiesShareRanks() {
        // sizes 1 1 1 2 2 3 4 5 have the ranks 2 2 2 4.5 4.5 6 7 8; 22 of the 256 choices of signs have a sum of at
        // most 8, by enumeration
        WilcoxonSignedRank test = WilcoxonSignedRank.of(1, 1, -1, 2, 2, -3, 4, 0, 5, 0);
        assertThat(test).isEqualTo(new WilcoxonSignedRank(8, 2, 28, 8, 2 * 22 / 256.0));
    }

    @Test
    void manyDifferencesAreNormalWithCorrectionForTies() {
        // scipy.stats.wilcoxon(..., zero_method="wilcox", correction=False, method="approx"): statistic 223, p =
        // 0.0516388636536691
        double[] differences = new double[40];
        for (int index = 0; index < differences.length; index++) {
            differences[index] = (7 * index) % 11 - 4;
        }
        WilcoxonSignedRank test = WilcoxonSignedRank.of(differences);
        assertThat(test.negative()).isEqualTo(223);
        assertThat(test.chance()).isCloseTo(0.0516388636536691, within(1e-12));
    }

    @Test
    void withoutADifferenceNothingIsUnlikely() {
        assertThat(WilcoxonSignedRank.of(0, 0, 0)).isEqualTo(new WilcoxonSignedRank(0, 3, 0, 0, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "0.5, 0.6170750774519738",
        "-1, 0.31731050786291415",
        "1.959963984540054, 0.05",
        "2.9, 0.003731626600768075",
        "3, 0.0026997960632601866",
        "3.1, 0.0019352064264367126",
        "5, 5.733031437583866e-7",
        "8, 1.244192114854348e-15"
    })
    void tailsAreThoseOfTheNormalDistribution(double z, double chance) {
        assertThat(NormalTail.twoSided(z)).isCloseTo(chance, within(1e-10 * chance)); // scipy.stats.norm.sf
    }
}
