package org.lesionstream.trainer.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lesionstream.trainer.testing.Masks;

class PixelCountsTest {

    /** 2 both, 1 predicted only, 3 in the truth only, 4 neither. */
    private final PixelCounts counts = PixelCounts.of(Masks.of("111..", "....."), Masks.of("11.11", "1...."), 1);

    @Test
    void countsTheWholeConfusionMatrix() {
        assertThat(counts).isEqualTo(new PixelCounts(2, 1, 3, 4));
        assertThat(counts.truth()).isEqualTo(5);
        assertThat(counts.predicted()).isEqualTo(3);
    }

    @Test
    void scoresFollowFromIt() {
        assertThat(counts.sensitivity()).hasValue(2 / 5.0);
        assertThat(counts.specificity()).hasValue(4 / 5.0);
        assertThat(counts.meanAbsoluteError()).isEqualTo(4 / 10.0);
    }

    @Test
    void aShareOfNothingIsAbsentAndNotZero() {
        PixelCounts empty = PixelCounts.of(Masks.of("1."), Masks.of(".."), 1);
        assertThat(empty.sensitivity()).isEmpty();
        assertThat(empty.specificity()).hasValue(0.5);
        PixelCounts full = PixelCounts.of(Masks.of("1."), Masks.of("11"), 1);
        assertThat(full.sensitivity()).hasValue(0.5);
        assertThat(full.specificity()).isEmpty();
    }

    @Test
    void picturesAreAddedUp() {
        assertThat(counts.plus(new PixelCounts(1, 2, 3, 4))).isEqualTo(new PixelCounts(3, 3, 6, 8));
    }
}
