package org.lesionstream.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lesionstream.trainer.loss.SoftDiceLoss.Sums;

/** Losses against sums that fit on a scrap of paper. */
class SegmentationLossTest {

    private static final float LN_3 = (float) Math.log(3);

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void binaryCrossEntropyIsTheMeanOfMinusLogP() {
        NDArray logits = map(0, LN_3); // p = 1/2, 3/4
        NDArray target = map(1, 0);
        double expected = -(Math.log(0.5) + Math.log(0.25)) / 2;
        assertThat(value(new CrossEntropyLoss(), logits, target)).isCloseTo((float) expected, within(1e-6f));
    }

    @Test
    void crossEntropyStaysFiniteForExtremeLogits() {
        assertThat(value(new CrossEntropyLoss(), map(-1000, 1000), map(1, 0))).isCloseTo(1000f, within(1e-3f));
    }

    @Test
    void categoricalCrossEntropyLooksAtTheTrueClass() {
        NDArray logits =
                manager.create(new float[] {0, 0, LN_3, 0}, new Shape(1, 2, 1, 2)); // pixel 0: 0, ln 3; pixel 1: 0, 0
        NDArray target =
                manager.create(new float[] {0, 1, 1, 0}, new Shape(1, 2, 1, 2)); // pixel 0 class 1, pixel 1 class 0
        double expected = -(Math.log(0.75) + Math.log(0.5)) / 2;
        assertThat(value(new CrossEntropyLoss(), logits, target)).isCloseTo((float) expected, within(1e-6f));
    }

    @Test
    void softDiceComparesSumsOfProbabilities() {
        NDArray logits = map(0, LN_3);
        NDArray target = map(1, 0);
        double expected = 1 - (2 * 0.5 + 1) / (1.25 + 1 + 1);
        assertThat(value(new SoftDiceLoss(Sums.PER_IMAGE, true, 1), logits, target))
                .isCloseTo((float) expected, within(1e-6f));
    }

    @Test
    void softDiceMayLeaveTheBackgroundOut() {
        NDArray logits = manager.create(new float[] {0, 0, LN_3, 0}, new Shape(1, 2, 1, 2)); // p(class 1) = 3/4, 1/2
        NDArray target = manager.create(new float[] {0, 1, 1, 0}, new Shape(1, 2, 1, 2));
        double lesion = (2 * 0.75 + 1) / (1.25 + 1 + 1);
        double background = (2 * 0.5 + 1) / (0.75 + 1 + 1);
        assertThat(value(new SoftDiceLoss(Sums.PER_BATCH, false, 1), logits, target))
                .isCloseTo((float) (1 - lesion), within(1e-6f));
        assertThat(value(new SoftDiceLoss(Sums.PER_BATCH, true, 1), logits, target))
                .isCloseTo((float) (1 - (lesion + background) / 2), within(1e-6f));
    }

    @Test
    void sumsPerImageWeighEachImageAlikeAndSumsPerBatchEachPixel() {
        NDArray logits = manager.create(new float[] {50, 50, 50, -50}, new Shape(2, 1, 1, 2));
        NDArray target = manager.create(new float[] {1, 1, 0, 0}, new Shape(2, 1, 1, 2));
        assertThat(value(new SoftDiceLoss(Sums.PER_IMAGE, true, 1e-6), logits, target))
                .isCloseTo(0.5f, within(1e-4f));
        assertThat(value(new SoftDiceLoss(Sums.PER_BATCH, true, 1e-6), logits, target))
                .isCloseTo(0.2f, within(1e-4f));
    }

    @Test
    void headsAreAveraged() {
        NDArray good = map(50, -50);
        NDArray bad = map(-50, 50);
        NDArray target = map(1, 0);
        float mean = new CrossEntropyLoss()
                .meanOverHeads(new NDList(good, bad), target)
                .getFloat();
        assertThat(mean).isCloseTo(25f, within(1e-4f));
    }

    @Test
    void refusesATargetOfAnotherShape() {
        NDArray logits = map(0, 0);
        NDArray target = manager.create(new float[] {1}, new Shape(1, 1, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CrossEntropyLoss().of(logits, target))
                .withMessageContaining("(1, 1, 1, 2)");
    }

    private static float value(SegmentationLoss loss, NDArray logits, NDArray target) {
        return loss.of(logits, target).getFloat();
    }

    private NDArray map(float... values) {
        return manager.create(values, new Shape(1, 1, 1, values.length));
    }
}
