package org.lesionstream.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradientClipTest {

    /** Gradients 3 and -4 over two parameters, norm 5; a step of plain descent with rate 1 from the weights 1 and -2. */
    @ParameterizedTest
    @CsvSource({
        "none, -2, 2",
        "norm:limit=1, 0.4, -1.2",
        "norm:limit=2.5, -0.5, 0",
        "norm:limit=5.1, -2, 2",
        "value:limit=0.5, 0.5, -1.5",
        "value:limit=3.5, -2, 1.5"
    })
    void boundsAllGradientsTogetherOrEveryNumber(String clip, float first, float second) {
        try (TwoWeights two = new TwoWeights()) {
            Optimizer optimizer = two.optimizer("sgd", clip);
            two.backward(3, -4);
            optimizer.step(1);

            assertThat(two.values()).containsExactly(new float[] {first, second}, within(2e-6f));
        }
    }

    @Test
    void leavesTheGradientsThemselvesAlone() {
        try (TwoWeights two = new TwoWeights()) {
            two.backward(3, -4);
            var gradients = two.weights.values().stream()
                    .map(weight -> weight.getGradient())
                    .toList();

            GradientClip.parse("norm:limit=1").apply(gradients);
            GradientClip.parse("value:limit=1").apply(gradients);

            assertThat(gradients.get(0).getFloat(0)).isEqualTo(3);
            assertThat(gradients.get(1).getFloat(0)).isEqualTo(-4);
        }
    }

    @ParameterizedTest
    @CsvSource({"none, none", "norm, norm:limit=1", "norm:limit=12, norm:limit=12", "value:limit=0.5, value:limit=0.5"})
    void printsWhatItReads(String text, String printed) {
        assertThat(GradientClip.parse(text)).hasToString(printed).isEqualTo(GradientClip.parse(printed));
    }

    @ParameterizedTest
    @CsvSource({
        "norm:limit=0, limit of a clip must be positive",
        "value:limit=-1, limit of a clip must be positive",
        "none:limit=1, none has no option",
        "length, 'clip must be none, norm or value'"
    })
    void refusesWhatBoundsNothing(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GradientClip.parse(text))
                .withMessageContaining(message);
    }
}
