package org.lesionstream.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        double expected = -(Math.log(0.5) + Math.log(0.25)) / 2; // p = 1/2, 3/4
        assertValue("cross-entropy", map(0, LN_3), plain(map(1, 0)), expected);
    }

    @Test
    void crossEntropyStaysFiniteForExtremeLogits() {
        assertValue("cross-entropy", map(-1000, 1000), plain(map(1, 0)), 1000);
        assertValue("balanced-cross-entropy", map(-1000, 1000), plain(map(1, 0)), 1000);
    }

    @Test
    void categoricalCrossEntropyLooksAtTheTrueClass() {
        // p(class 1) = 3/4, 1/2
        assertValue(
                "cross-entropy", maps(0, 0, LN_3, 0), plain(maps(0, 1, 1, 0)), -(Math.log(0.75) + Math.log(0.5)) / 2);
    }

    @ParameterizedTest
    @CsvSource({"mean-over-weights, 1.75", "mean-over-pixels, 3.5", "sum, 7"})
    void weightsOfPixelsCountInEveryReduction(String reduction, double timesLn2) {
        // e = ln 2, 2 ln 2; w = 1, 3
        Target target = new Target(map(1, 0), Optional.of(map(1, 3)));
        assertValue("cross-entropy:reduction=" + reduction, map(0, LN_3), target, timesLn2 * Math.log(2));
    }

    @Test
    void weightsOfClassesAndPixelsMultiply() {
        Target binary = new Target(map(1, 0), Optional.of(map(1, 3)));
        // e = ln 2, 2 ln 2; v = 1 * 5, 3 * 2
        assertValue("cross-entropy:class-weights=2/5", map(0, LN_3), binary, (5 + 2 * 6) / 11.0 * Math.log(2));
        Target categorical = new Target(maps(0, 1, 1, 0), Optional.of(map(1, 3)));
        double expected = (5 * -Math.log(0.75) + 6 * Math.log(2)) / 11;
        assertValue("cross-entropy:class-weights=2/5", maps(0, 0, LN_3, 0), categorical, expected);
    }

    @Test
    void weightsThatAreAllZeroGiveZero() {
        assertValue("cross-entropy", map(0, 1), new Target(map(1, 0), Optional.of(map(0, 0))), 0);
    }

    @Test
    void softDiceComparesSumsOfProbabilities() {
        assertValue("dice", map(0, LN_3), plain(map(1, 0)), 1 - (2 * 0.5 + 1) / (1.25 + 1 + 1));
        assertValue("dice:offset=0", map(0, LN_3), plain(map(1, 0)), -(2 * 0.5 + 1) / (1.25 + 1 + 1));
        double squared = 1 - (2 * 0.5 + 1) / (0.25 + 0.5625 + 1 + 1);
        assertValue("dice:denominator=squared", map(0, LN_3), plain(map(1, 0)), squared);
    }

    @Test
    void softDiceMayLeaveTheBackgroundOutOrTakeTheClassesTogether() {
        NDArray logits = maps(0, 0, LN_3, 0); // p(class 1) = 3/4, 1/2
        Target target = plain(maps(0, 1, 1, 0));
        double lesion = (2 * 0.75 + 1) / (1.25 + 1 + 1);
        double background = (2 * 0.5 + 1) / (0.75 + 1 + 1);
        assertValue("dice", logits, target, 1 - lesion);
        assertValue("dice:background=true", logits, target, 1 - (lesion + background) / 2);
        assertValue("dice:background=true,classes=together", logits, target, 1 - (2 * 1.25 + 1) / (2 + 2 + 1));
    }

    @Test
    void sumsPerImageWeighEachImageAlikeAndSumsPerBatchEachPixel() {
        NDArray logits = manager.create(new float[] {50, 50, 50, -50}, new Shape(2, 1, 1, 2));
        Target target = plain(manager.create(new float[] {1, 1, 0, 0}, new Shape(2, 1, 1, 2)));
        assertThat(value("dice:sums=image,smoothing=1e-6", logits, target)).isCloseTo(0.5f, within(1e-4f));
        assertThat(value("dice:sums=batch,smoothing=1e-6", logits, target)).isCloseTo(0.2f, within(1e-4f));
    }

    @Test
    void bceDiceTakesEveryMapBehindASigmoidAndAllOfThemTogether() {
        // sigmoids 1/2, 1/2, 3/4, 1/2 against 0, 1, 1, 0
        double errors = -(3 * Math.log(0.5) + Math.log(0.75)) / 4;
        double overlap = (2 * 1.25 + 1) / (2.25 + 2 + 1);
        assertValue(
                "bce-dice:bce=2,smoothing=1", maps(0, 0, LN_3, 0), plain(maps(0, 1, 1, 0)), 2 * errors + 1 - overlap);
    }

    @Test
    void balancedCrossEntropyAveragesForegroundAndBackgroundApart() {
        // e = ln 2 inside; 2 ln 2 and ln 2 outside
        Target target = plain(map(1, 0, 0));
        assertValue("balanced-cross-entropy", map(0, LN_3, 0), target, 1.25 * Math.log(2));
        assertValue("balanced-cross-entropy:foreground=0.2", map(0, LN_3, 0), target, 1.4 * Math.log(2));
    }

    @Test
    void balancedCrossEntropyOfABatchWithoutForegroundLooksAtTheBackgroundAlone() {
        assertValue("balanced-cross-entropy", map(0, LN_3), plain(map(0, 0)), 0.75 * Math.log(2));
    }

    @Test
    void structureLossWeighsPixelsByTheirSurroundings() {
        // The mean of a window of 31 x 31 is 1/961 at both pixels.
        double inside = 1 + 5 * (1 - 1 / 961.0);
        double outside = 1 + 5 / 961.0;
        Target target = plain(map(1, 0));
        assertThat(StructureLoss.weights(target.classes()).toFloatArray())
                .containsExactly(new float[] {(float) inside, (float) outside}, within(1e-5f));
        double both = 0.5 * inside;
        double either = inside + 0.5 * inside + 0.75 * outside - both;
        double rest = 1 - (both + 1) / (either + 1);
        double weighted = (inside + 2 * outside) * Math.log(2) / (inside + outside);
        assertValue("structure", map(0, LN_3), target, weighted + rest);
        assertValue("structure:form=as-published", map(0, LN_3), target, 1.5 * Math.log(2) + rest);
    }

    @Test
    void aSumWeighsItsParts() {
        Target target = plain(map(1, 0));
        double expected = 0.5 * value("cross-entropy", map(0, LN_3), target) + 2 * value("dice", map(0, LN_3), target);
        assertValue("0.5*cross-entropy+2*dice", map(0, LN_3), target, expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-entropy", "dice", "bce-dice", "balanced-cross-entropy", "structure"})
    void refusesATargetOfAnotherShape(String loss) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value(loss, map(0, 0), plain(map(1))))
                .withMessageContaining("(1, 1, 1, 2)")
                .withMessageContaining("(1, 1, 1, 1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"balanced-cross-entropy", "structure"})
    void refusesMoreThanOneMapWhereItKnowsOne(String loss) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value(loss, maps(0, 0, 0, 0), plain(maps(0, 1, 1, 0))))
                .withMessage(loss + " needs one map of logits, there were 2");
    }

    @Test
    void refusesAnotherNumberOfClassWeights() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value("cross-entropy:class-weights=1/2/3", map(0), plain(map(1))))
                .withMessage("class-weights must be 2, were 3");
    }

    @Test
    void refusesWeightsOfAnotherShapeThanTheClasses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Target(maps(0, 1, 1, 0), Optional.of(maps(1, 1, 1, 1))))
                .withMessage("weights must be (1, 1, 1, 2) like the classes, were (1, 2, 1, 2)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain(manager.create(new float[] {1, 0})))
                .withMessage("classes must be [N, K, H, W], were (2)");
    }

    private static void assertValue(String loss, NDArray logits, Target target, double expected) {
        assertThat((double) value(loss, logits, target)).as(loss).isCloseTo(expected, within(2e-6 + 1e-6 * expected));
    }

    private static float value(String loss, NDArray logits, Target target) {
        NDArray value = LossCatalog.parse(loss).of(logits, target);
        assertThat(value.getShape()).as("a scalar").isEqualTo(new Shape());
        return value.getFloat();
    }

    private static Target plain(NDArray classes) {
        return new Target(classes, Optional.empty());
    }

    /** One map of one row. */
    private NDArray map(float... values) {
        return manager.create(values, new Shape(1, 1, 1, values.length));
    }

    /** Two maps of one row. */
    private NDArray maps(float... values) {
        return manager.create(values, new Shape(1, 2, 1, values.length / 2));
    }
}
