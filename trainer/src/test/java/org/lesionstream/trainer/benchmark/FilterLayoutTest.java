package org.lesionstream.trainer.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.optimizer.ArrayCopies;
import org.lesionstream.trainer.optimizer.GradientClip;
import org.lesionstream.trainer.optimizer.Optimizer;
import org.lesionstream.trainer.optimizer.OptimizerRule;
import org.lesionstream.trainer.testing.RandomNetworks;
import org.lesionstream.trainer.weights.StateDict;

class FilterLayoutTest {
    private static final String SPEC = "unet-same:base=2,channels=1,depth=2";

    @Test
    void saysTheSameAsBeforeAndTakesNewNumbersInTheirOrder() {
        try (NDManager manager = NDManager.newBaseManager()) {
            float[] values = ramp(2 * 3 * 4 * 5);
            NDArray filter = manager.create(values, new Shape(2, 3, 4, 5));
            FilterLayout.channelsLast(filter);

            assertThat(filter.getShape()).isEqualTo(new Shape(2, 3, 4, 5));
            assertThat(filter.toFloatArray()).containsExactly(values);
            assertThat(filter.getFloat(1, 2, 3, 4)).isEqualTo(values[119]);
            float[] others = ramp(values.length + 1);
            others = Arrays.copyOfRange(others, 1, others.length);
            ArrayCopies.write(Map.of("w", filter), Map.of("w", new FloatTensor(new long[] {2, 3, 4, 5}, others)));
            assertThat(filter.toFloatArray()).containsExactly(others);
            filter.set(values);
            assertThat(filter.toFloatArray()).containsExactly(values);
            filter.muli(2).addi(manager.create(values, new Shape(2, 3, 4, 5)));
            assertThat(filter.getFloat(1, 2, 3, 4)).isEqualTo(3 * values[119]);
        }
    }

    @Test
    void leavesNoArrayBehind() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray filter = manager.create(ramp(120), new Shape(2, 3, 4, 5));
            NDArray bias = manager.create(ramp(3));
            FilterLayout.channelsLast(filter);
            FilterLayout.channelsLast(bias);

            assertThat(manager.getManagedArrays()).containsExactlyInAnyOrder(filter, bias);
        }
    }

    /** The engine asks for gradients of every parameter when it is initialised, before anybody lays it out. */
    @Test
    void aFilterGoesOnAskingForGradients() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray filter = manager.create(ramp(120), new Shape(2, 3, 4, 5));
            filter.setRequiresGradient(true);
            FilterLayout.channelsLast(filter);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                collector.backward(filter.square().sum());
            }

            assertThat(filter.getGradient().getFloat(1, 2, 3, 4)).isEqualTo(2 * filter.getFloat(1, 2, 3, 4));
        }
    }

    @Test
    void doesNotLiveInMemoryThatTheCollectorOfJavaTakesBack() {
        try (NDManager manager = NDManager.newBaseManager()) {
            float[] values = ramp(64 * 64 * 9);
            NDArray filter = manager.create(values, new Shape(64, 64, 3, 3));
            FilterLayout.channelsLast(filter);
            for (int round = 0; round < 20; round++) {
                System.gc();
                manager.create(new float[values.length]); // would land in the memory that is free again
            }

            assertThat(filter.toFloatArray()).containsExactly(values);
        }
    }

    @Test
    void aNetworkLearnsTheSame() {
        try (NDManager manager = NDManager.newBaseManager()) {
            SegmentationNetwork plain = RandomNetworks.build(SPEC, manager, 16, 16, 5);
            SegmentationNetwork laidOut = RandomNetworks.build(SPEC, manager, 16, 16, 5);
            laidOut.stateDict().values().forEach(parameter -> FilterLayout.channelsLast(parameter.getArray()));
            NDArray images =
                    manager.create(ramp(4 * 16 * 16), new Shape(4, 16, 16, 1)).transpose(0, 3, 1, 2);

            train(plain, manager, images);
            train(laidOut, manager, images);

            Map<String, FloatTensor> expected = StateDict.of(plain);
            StateDict.of(laidOut).forEach((name, tensor) -> assertThat(tensor.values())
                    .as(name)
                    .containsExactly(expected.get(name).values(), within(1e-5f)));
        }
    }

    private static void train(SegmentationNetwork network, NDManager manager, NDArray images) {
        Map<String, NDArray> learning = new LinkedHashMap<>();
        network.stateDict().forEach((name, parameter) -> {
            if (parameter.requiresGradient()) {
                learning.put(name, parameter.getArray());
            }
        });
        Optimizer optimizer = new Optimizer(
                OptimizerRule.parse("sgd:momentum=0.9,weight-decay=0.01"),
                GradientClip.parse("norm:limit=1"),
                learning,
                manager);
        for (int step = 0; step < 3; step++) {
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray head = network.forward(new ParameterStore(manager, false), new NDList(images), true)
                        .head();
                collector.backward(head.sub(images).square().mean());
            }
            optimizer.step(0.05);
        }
    }

    private static float[] ramp(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (Math.sin(0.37 * i) + 0.3 * Math.cos(0.011 * i * i));
        }
        return values;
    }
}
