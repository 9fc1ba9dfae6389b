package org.lesionstream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void endsInOneLineOfKeysAndValues() {
        assertThat(verdict(0, 0, 0, 0.9489).line())
                .isEqualTo("demo: jobs=240 results=236 dead-letters=4 lost=0 duplicates=0 cases=180 mean-dice=0.94"
                        + " images-per-second=31 worker=cpu checkpoint=lesion@1");
    }

    @Test
    void passesOnlyWhenNothingIsLostDoubledOrUnexpectedAndTheMasksAreGood() {
        assertThat(verdict(0, 0, 0, 0.90).passed()).isTrue();
        assertThat(verdict(1, 0, 0, 0.95).passed()).isFalse();
        assertThat(verdict(0, 1, 0, 0.95).passed()).isFalse();
        assertThat(verdict(0, 0, 1, 0.95).passed()).isFalse();
        assertThat(verdict(0, 0, 0, 0.8999).passed()).isFalse();
        assertThat(verdict(0, 0, 0, Double.NaN).passed()).isFalse();
    }

    @Test
    void neverRoundsDiceUpToWhatItMissed() {
        assertThat(verdict(0, 0, 0, 0.8999).line()).contains("mean-dice=0.89");
    }

    private static Verdict verdict(int lost, int duplicates, int unexpected, double dice) {
        return new Verdict(240, 236, 4, lost, duplicates, unexpected, 180, dice, 0.90, 31.2, "cpu", "lesion@1");
    }
}
