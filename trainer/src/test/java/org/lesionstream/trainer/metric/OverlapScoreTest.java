package org.lesionstream.trainer.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.LabelMask;

class OverlapScoreTest {

    private final OverlapScore dice = new DiceScore();
    private final OverlapScore iou = new IntersectionOverUnion();

    @Test
    void countsPixelsOfOneLabel() {
        PixelCounts counts = PixelCounts.of(mask(1, 1, 2, 0), mask(1, 0, 1, 2), 1);
        assertThat(counts).isEqualTo(new PixelCounts(1, 1, 1, 1));
        assertThat(dice.of(counts)).isEqualTo(0.5);
        assertThat(iou.of(counts)).isCloseTo(1.0 / 3, within(1e-12));
    }

    @Test
    void twoEmptyMasksAgree() {
        PixelCounts counts = PixelCounts.of(mask(0, 0), mask(0, 0), 1);
        assertThat(dice.of(counts)).isOne();
        assertThat(iou.of(counts)).isOne();
    }

    @Test
    void aLesionFoundWhereNoneIsScoresZero() {
        PixelCounts counts = PixelCounts.of(mask(0, 1), mask(0, 0), 1);
        assertThat(dice.of(counts)).isZero();
        assertThat(iou.of(counts)).isZero();
    }

    @Test
    void labelsAboveTheSignBitAreCounted() {
        assertThat(PixelCounts.of(mask(200, 0), mask(200, 0), 200).both()).isOne();
    }

    @Test
    void refusesMasksOfDifferentSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PixelCounts.of(mask(0, 1), mask(0, 1, 0), 1))
                .withMessageContaining("1x2 and 1x3");
    }

    private static LabelMask mask(int... labels) {
        byte[] bytes = new byte[labels.length];
        for (int pixel = 0; pixel < bytes.length; pixel++) {
            bytes[pixel] = (byte) labels[pixel];
        }
        return new LabelMask(1, labels.length, bytes);
    }
}
