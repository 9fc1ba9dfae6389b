package org.lesionstream.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerRuleTest {

    /** Weights 1 and -2, gradients 0.5 and -1, then -0.25 and 2, rate 0.1; the figures follow the boxes of PyTorch's documentation in double precision. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sgd | 0.95 | -1.9 | 0.975 | -2.1",
                "sgd:weight-decay=0.1 | 0.94 | -1.88 | 0.9556 | -2.0612",
                "sgd:momentum=0.9 | 0.95 | -1.9 | 0.93 | -2.01",
                "sgd:momentum=0.9,dampening=0.5 | 0.95 | -1.9 | 0.9175 | -1.91",
                "sgd:momentum=0.9,nesterov=true,weight-decay=0.1 | 0.886 | -1.772 | 0.868066 | -2.021132",
                "adam | 0.9 | -1.9 | 0.8733663 | -1.9366104",
                "adam:beta1=0.8,beta2=0.9,epsilon=0.1,weight-decay=0.1 | 0.9142857 | -1.9076923 | 0.8805084 | -1.9362725",
                "adamw | 0.899 | -1.898 | 0.8714673 | -1.9327124",
                "adamw:weight-decay=0.1 | 0.89 | -1.88 | 0.8544663 | -1.8978104",
                "rmsprop | 0.0000002 | -1.0000001 | 0.4490134 | -1.895323",
                "rmsprop:alpha=0.9 | 0.6837723 | -1.6837722 | 0.8312142 | -1.9694865",
                "rmsprop:alpha=0.9,epsilon=0.1,momentum=0.9,weight-decay=0.1 | 0.7929154 | -1.7497254 | 0.6658294 | -1.758396"
            })
    void movesAsComputedByHand(String rule, float first, float second, float firstThen, float secondThen) {
        try (TwoWeights two = new TwoWeights()) {
            Optimizer optimizer = two.optimizer(rule, "none");

            two.backward(0.5, -1);
            optimizer.step(0.1);
            assertThat(two.values()).containsExactly(new float[] {first, second}, within(1e-6f));

            two.backward(-0.25, 2);
            optimizer.step(0.1);
            assertThat(two.values()).containsExactly(new float[] {firstThen, secondThen}, within(1e-6f));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sgd | sgd:dampening=0,momentum=0,nesterov=false,weight-decay=0",
                "sgd:momentum=0.99,nesterov=true,weight-decay=3e-5"
                        + " | sgd:dampening=0,momentum=0.99,nesterov=true,weight-decay=3e-5",
                "adam | adam:beta1=0.9,beta2=0.999,epsilon=1e-8,weight-decay=0",
                "adamw | adamw:beta1=0.9,beta2=0.999,epsilon=1e-8,weight-decay=0.01",
                "rmsprop:momentum=0.999 | rmsprop:alpha=0.99,epsilon=1e-8,momentum=0.999,weight-decay=0"
            })
    void printsEveryOptionAndReadsItBack(String text, String whole) {
        OptimizerRule rule = OptimizerRule.parse(text);

        assertThat(rule).hasToString(whole);
        assertThat(OptimizerRule.parse(whole)).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lion | there is no optimizer \"lion\"",
                "adam:momentum=0.9 | adam has no option [momentum]",
                "adam:beta1=1 | beta1 must lie in [0, 1), was 1.0",
                "adamw:weight-decay=-1 | weight-decay must not be negative, was -1.0",
                "sgd:nesterov=true | nesterov needs momentum and no dampening, had 0.0 and 0.0",
                "sgd:nesterov=true,momentum=0.9,dampening=0.1 | nesterov needs momentum and no dampening, had 0.9 and 0.1",
                "rmsprop:alpha=-0.1 | alpha must lie in [0, 1), was -0.1"
            })
    void refusesWhatMakesNoSense(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OptimizerRule.parse(text))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "sgd:momentum=0.9,nesterov=true", "adam", "adamw", "rmsprop:momentum=0.5"})
    void leavesNoArrayBehindThatItsManagerMustKeep(String rule) {
        try (TwoWeights two = new TwoWeights()) {
            Optimizer optimizer = two.optimizer(rule, "norm:limit=1");
            int before = two.manager.getManagedArrays().size();
            for (int step = 0; step < 3; step++) {
                try (var scope = two.manager.newSubManager()) {
                    scope.tempAttachAll(two.weights.values().toArray(ai.djl.ndarray.NDArray[]::new));
                    scope.tempAttachAll(optimizer.slots().toArray(ai.djl.ndarray.NDArray[]::new));
                    two.backward(1, 2);
                    optimizer.step(0.1);
                }
            }
            assertThat(two.manager.getManagedArrays()).hasSize(before);
        }
    }
}
