package org.lesionstream.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.testing.RandomNetworks;

class OptimizerTest {

    @Test
    void gradientsOfOneStepDoNotReachTheNext() {
        try (TwoWeights two = new TwoWeights()) {
            Optimizer optimizer = two.optimizer("sgd", "none");
            two.backward(1, 1);
            optimizer.step(0.5);
            two.backward(0, 1);
            optimizer.step(0.5);

            assertThat(two.values()).containsExactly(0.5f, -3);
        }
    }

    @Test
    void aGradientThatIsNoNumberDoesNotStay() {
        try (TwoWeights two = new TwoWeights()) {
            Optimizer optimizer = two.optimizer("sgd", "none");
            two.backward(Double.NaN, 1);
            optimizer.step(0);
            two.backward(1, 1);

            assertThat(two.weights.get("a").getGradient().getFloat(0)).isEqualTo(1);
        }
    }

    @Test
    void addsTheBackwardPassesBeforeAStep() {
        try (TwoWeights two = new TwoWeights()) {
            Optimizer optimizer = two.optimizer("sgd", "none");
            two.backward(1, 1);
            two.backward(3, -1);
            optimizer.step(0.5);

            assertThat(two.values()).containsExactly(-1, -2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd:momentum=0.9,dampening=0.1", "adam:weight-decay=0.1", "adamw", "rmsprop:momentum=0.9"})
    void goesOnFromItsStateBitByBit(String rule) {
        float[] straight;
        try (TwoWeights two = new TwoWeights()) {
            Optimizer optimizer = two.optimizer(rule, "none");
            for (int step = 0; step < 5; step++) {
                train(two, optimizer, step);
            }
            straight = two.values();
        }
        Map<String, FloatTensor> state;
        Map<String, FloatTensor> weights;
        try (TwoWeights two = new TwoWeights()) {
            Optimizer optimizer = two.optimizer(rule, "none");
            for (int step = 0; step < 3; step++) {
                train(two, optimizer, step);
            }
            state = optimizer.state();
            weights = ArrayCopies.read(two.weights);
        }
        try (TwoWeights two = new TwoWeights()) {
            Optimizer optimizer = two.optimizer(rule, "none");
            ArrayCopies.write(two.weights, weights);
            optimizer.restore(state);
            for (int step = 3; step < 5; step++) {
                train(two, optimizer, step);
            }
            assertThat(two.values()).isEqualTo(straight);
        }
    }

    private static void train(TwoWeights two, Optimizer optimizer, int step) {
        two.backward(Math.sin(step + 1), Math.cos(step));
        optimizer.step(0.1);
    }

    @Test
    void namesItsStateByParameter() {
        try (TwoWeights two = new TwoWeights()) {
            assertThat(two.optimizer("adam", "none").state())
                    .containsOnlyKeys("mean.a", "mean-square.a", "mean.b", "mean-square.b", "steps");
            assertThat(two.optimizer("sgd", "none").state()).containsOnlyKeys("steps");
        }
    }

    @Test
    void refusesTheStateOfAnotherRule() {
        try (TwoWeights two = new TwoWeights()) {
            Map<String, FloatTensor> state =
                    two.optimizer("sgd:momentum=0.5", "none").state();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> two.optimizer("adam", "none").restore(state))
                    .withMessageContaining("mean.a");
        }
    }

    /** Without BatchNorm, whose statistics differ between batches. */
    @Test
    void twoHalvesOfABatchMoveLikeTheWhole() {
        String spec = "unet-same:base=2,channels=1,norm=none,depth=2";
        try (NDManager manager = NDManager.newBaseManager()) {
            SegmentationNetwork whole = RandomNetworks.build(spec, manager, 16, 16, 5);
            SegmentationNetwork halves = RandomNetworks.build(spec, manager, 16, 16, 5);
            NDArray images = manager.randomNormal(new Shape(4, 1, 16, 16));
            Map<String, NDArray> wholeWeights = learning(whole);
            Map<String, NDArray> halfWeights = learning(halves);

            step(whole, wholeWeights, manager, images);
            step(halves, halfWeights, manager, images.get("0:2"), images.get("2:4"));

            Map<String, FloatTensor> before =
                    ArrayCopies.read(learning(RandomNetworks.build(spec, manager, 16, 16, 5)));
            double moved = 0;
            for (Map.Entry<String, FloatTensor> weight :
                    ArrayCopies.read(wholeWeights).entrySet()) {
                float[] other = halfWeights.get(weight.getKey()).toFloatArray();
                float[] own = weight.getValue().values();
                assertThat(other).as(weight.getKey()).containsExactly(own, within(2e-6f));
                for (int i = 0; i < own.length; i++) {
                    moved = Math.max(
                            moved, Math.abs(own[i] - before.get(weight.getKey()).values()[i]));
                }
            }
            assertThat(moved).isGreaterThan(0.01); // else the comparison says nothing
        }
    }

    private static Map<String, NDArray> learning(SegmentationNetwork network) {
        Map<String, NDArray> learning = new LinkedHashMap<>();
        network.stateDict().forEach((name, parameter) -> {
            parameter.getArray().setRequiresGradient(true);
            learning.put(name, parameter.getArray());
        });
        return learning;
    }

    private static void step(
            SegmentationNetwork network, Map<String, NDArray> weights, NDManager manager, NDArray... batches) {
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            for (NDArray batch : batches) {
                NDArray head = network.forward(new ParameterStore(manager, false), new NDList(batch), true)
                        .head();
                collector.backward(head.square().mean().div(batches.length));
            }
        }
        new Optimizer(OptimizerRule.parse("sgd"), GradientClip.NONE, weights, manager).step(0.1);
    }
}
