package org.lesionstream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.LabelMask;

class DiceTest {

    @Test
    void isTwiceTheCommonPixelsOverAllPixels() {
        assertThat(Dice.of(row(1, 1, 1, 0), row(0, 1, 1, 1))).isEqualTo(4.0 / 6);
        assertThat(Dice.of(row(1, 1, 0, 0), row(1, 1, 0, 0))).isEqualTo(1);
        assertThat(Dice.of(row(1, 0, 0, 0), row(0, 0, 0, 1))).isZero();
    }

    @Test
    void isOneWhereNothingWasToBeFoundAndNothingWas() {
        assertThat(Dice.of(row(0, 0), row(0, 0))).isEqualTo(1);
    }

    @Test
    void isZeroWhereOnlyOneMaskIsEmpty() {
        assertThat(Dice.of(row(0, 0), row(0, 1))).isZero();
        assertThat(Dice.of(row(1, 0), row(0, 0))).isZero();
    }

    @Test
    void isTheMeanOverTheClassesThatAreThere() {
        assertThat(Dice.of(row(1, 1, 3, 0), row(1, 1, 0, 3))).isEqualTo(0.5);
    }

    @Test
    void overAllClassesCountsOneForAClassThatNeitherMaskShows() {
        assertThat(Dice.overClasses(row(1, 1, 3, 0), row(1, 1, 0, 3), 3)).isEqualTo(2.0 / 3);
        assertThat(Dice.overClasses(row(1, 1, 0), row(1, 0, 1), 1)).isEqualTo(0.5);
    }

    @Test
    void refusesMasksOfDifferentSize() {
        assertThatThrownBy(() -> Dice.of(row(1), row(1, 1))).hasMessageContaining("one size");
    }

    private static LabelMask row(int... labels) {
        byte[] bytes = new byte[labels.length];
        for (int i = 0; i < labels.length; i++) {
            bytes[i] = (byte) labels[i];
        }
        return new LabelMask(1, labels.length, bytes);
    }
}
