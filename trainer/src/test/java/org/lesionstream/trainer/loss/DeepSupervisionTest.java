package org.lesionstream.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeepSupervisionTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({
        "mean, 0.25, 0.25, 0.25, 0.25",
        "sum, 1, 1, 1, 1",
        "sum:2, 1, 1, 0, 0",
        "last, 0, 0, 0, 1",
        "4/2/1/1, 0.5, 0.25, 0.125, 0.125",
        "0.5/0/0/1.5, 0.25, 0, 0, 0.75"
    })
    void headsShareTheLossAsTheTextSays(String text, double first, double second, double third, double fourth) {
        HeadWeights weights = HeadWeights.parse(text);

        assertThat(weights.of(4)).containsExactly(first, second, third, fourth);
        assertThat(weights).hasToString(text);
        assertThat(HeadWeights.parse(weights.toString())).isEqualTo(weights);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mean", "sum:2", "last", "8/4/2/1"})
    void oneHeadHasNothingToShare(String text) {
        assertThat(HeadWeights.parse(text).of(1)).containsExactly(1.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"most", "sum:0", "sum:1.5", "sum:1/2", "8//2", "0/0", "1..2", "", "-1/2"})
    void refusesAnotherForm(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> HeadWeights.parse(text));
    }

    @Test
    void refusesAnotherNumberOfHeads() {
        assertThatThrownBy(() -> HeadWeights.parse("2/1").of(4)).hasMessage("2/1 needs 2 heads, there are 4");
        assertThatThrownBy(() -> HeadWeights.parse("sum:3").of(2)).hasMessage("sum:3 needs 3 heads, there are 2");
        assertThatThrownBy(() -> HeadWeights.MEAN.of(0)).hasMessage("heads must be positive, were 0");
    }

    @Test
    void headsAreAveraged() {
        NDList heads = new NDList(plane(50, -50, 50, -50), plane(-50, 50, -50, 50));
        assertThat(value("mean", heads, plain(plane(1, 0, 1, 0)))).isCloseTo(25, within(1e-4));
        assertThat(value("1/3", heads, plain(plane(1, 0, 1, 0)))).isCloseTo(37.5, within(1e-4));
        assertThat(value("last", heads, plain(plane(1, 0, 1, 0)))).isCloseTo(50, within(1e-4));
    }

    @Test
    void aSmallHeadIsComparedWithEverySecondPixel() {
        NDList heads = new NDList(plane(0, 0, 0, 0), manager.create(new float[] {50}, new Shape(1, 1, 1, 1)));
        assertThat(value("last", heads, plain(plane(1, 0, 0, 0)))).isCloseTo(0, within(1e-4));
        assertThat(value("last", heads, plain(plane(0, 1, 1, 1)))).isCloseTo(50, within(1e-4));
    }

    @Test
    void weightsOfPixelsAreThinnedWithTheClasses() {
        NDArray fine = manager.create(new float[16], new Shape(1, 1, 4, 4));
        NDArray classes = manager.create(new float[16], new Shape(1, 1, 4, 4)).add(1);
        NDArray weights = manager.arange(16f).reshape(1, 1, 4, 4);
        Target thin = new Target(classes, Optional.of(weights)).thinnedTo(new Shape(1, 1, 2, 2));
        assertThat(thin.weights().orElseThrow().toFloatArray()).containsExactly(0, 2, 8, 10);

        NDList heads = new NDList(fine, plane(0, 50, 50, 50)); // weights 0, 2, 8, 10
        assertThat(value("last", heads, new Target(classes, Optional.of(weights))))
                .isCloseTo(0, within(1e-4));
    }

    @Test
    void refusesAHeadThatFitsNoWholeNumberOfTimes() {
        NDArray classes = manager.zeros(new Shape(1, 1, 4, 4));
        NDArray odd = manager.zeros(new Shape(1, 1, 3, 3));
        NDArray flat = manager.zeros(new Shape(1, 1, 2, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> value("mean", new NDList(odd), plain(classes)));
        assertThatIllegalArgumentException().isThrownBy(() -> value("mean", new NDList(flat), plain(classes)));
    }

    @Test
    void refusesWeightsOfPixelsThatNoPartOfTheLossUses() {
        Target target = new Target(plane(1, 0, 0, 0), Optional.of(plane(1, 1, 1, 1)));
        DeepSupervision dice = new DeepSupervision(LossCatalog.parse("dice"), HeadWeights.MEAN);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dice.of(new NDList(plane(0, 0, 0, 0)), target))
                .withMessageStartingWith("there are weights of pixels, which no part of this loss uses: dice:");
    }

    @Test
    void refusesANetworkWithoutHeads() {
        DeepSupervision loss = new DeepSupervision(LossCatalog.parse("dice"), HeadWeights.MEAN);
        assertThatIllegalArgumentException().isThrownBy(() -> loss.of(new NDList(List.of()), plain(plane(1, 0, 0, 0))));
    }

    private static double value(String heads, NDList logits, Target target) {
        return new DeepSupervision(LossCatalog.parse("cross-entropy"), HeadWeights.parse(heads))
                .of(logits, target)
                .getFloat();
    }

    private static Target plain(NDArray classes) {
        return new Target(classes, Optional.empty());
    }

    private NDArray plane(float... values) {
        return manager.create(values, new Shape(1, 1, 2, 2));
    }
}
