package org.lesionstream.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionstream.trainer.graph.FloatTensor;

class WeightAverageTest {

    /**
     * Weight a goes 1, 2, 4 and b stays at -2. With decay 0.2 the first step keeps min(0.2, 2/11) = 2/11: 1 * 2/11 + 2 * 9/11 = 20/11; the second min(0.2, 3/12) = 0.2:
     * 20/11 * 0.2 + 4 * 0.8 = 3.563636.
     */
    @Test
    void followsTheWeightsAsComputedByHand() {
        try (TwoWeights two = new TwoWeights()) {
            WeightAverage average = average(two, "ema:decay=0.2");

            assertThat(averages(average)).containsExactly(1, -2);
            put(two, 2);
            average.follow();
            assertThat(averages(average)).containsExactly(new float[] {20f / 11, -2}, within(1e-6f));
            put(two, 4);
            average.follow();
            assertThat(averages(average)).containsExactly(new float[] {3.563636f, -2}, within(1e-6f));
        }
    }

    @Test
    void changesPlacesWithTheWeightsAndBack() {
        try (TwoWeights two = new TwoWeights()) {
            WeightAverage average = average(two, "ema:decay=0.2");
            put(two, 3);

            average.swap();
            assertThat(two.values()).containsExactly(1, -2);
            assertThat(averages(average)).containsExactly(3, -2);
            average.swap();
            assertThat(two.values()).containsExactly(3, -2);
            assertThat(averages(average)).containsExactly(1, -2);
        }
    }

    @Test
    void goesOnFromItsStateBitByBit() {
        try (TwoWeights two = new TwoWeights()) {
            WeightAverage straight = average(two, "ema");
            put(two, 3);
            straight.follow();
            Map<String, FloatTensor> state = straight.state();
            WeightAverage resumed = average(two, "ema");
            resumed.restore(state);
            put(two, 0.1f);
            straight.follow();
            resumed.follow();

            assertThat(averages(resumed)).isEqualTo(averages(straight));
        }
    }

    @ParameterizedTest
    @CsvSource({"ema, ema:decay=0.999", "ema:decay=0.99, ema:decay=0.99"})
    void printsWhatItReads(String text, String printed) {
        assertThat(WeightAverage.Rule.parse(text)).hasToString(printed).isEqualTo(WeightAverage.Rule.parse(printed));
    }

    @ParameterizedTest
    @CsvSource({"ema:decay=1, decay must lie in", "mean, average must be none or ema", "ema:rate=1, no option"})
    void refusesWhatIsNoAverage(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightAverage.Rule.parse(text))
                .withMessageContaining(message);
    }

    private static WeightAverage average(TwoWeights two, String rule) {
        return new WeightAverage(WeightAverage.Rule.parse(rule), two.weights, two.manager);
    }

    private static void put(TwoWeights two, float first) {
        try (NDArray value = two.manager.create(new float[] {first})) {
            value.copyTo(two.weights.get("a"));
        }
    }

    private static float[] averages(WeightAverage average) {
        return new float[] {
            average.state().get("a").values()[0], average.state().get("b").values()[0]
        };
    }
}
