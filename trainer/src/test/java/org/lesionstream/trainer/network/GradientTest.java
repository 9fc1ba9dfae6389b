package org.lesionstream.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.trainer.testing.RandomNetworks;

class GradientTest {
    private static final double STEP = 1e-6;
    private static final int SIZE_WITH_PADDING = 34; // halves to 17, 8, 4, 2: one row is dropped and padded again

    // In double precision: along the gradient of each parameter, the loss must rise as steeply as the gradient is long.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "unet-same:base=2,channels=1",
                "unet-same:base=2,channels=1,up=bilinear",
                "unetpp-vgg:base=2,channels=1,deep-supervision=true"
            })
    void everyParameterLearnsAsFiniteDifferencesSay(String spec) {
        long size = spec.startsWith("unetpp") ? 32 : SIZE_WITH_PADDING;
        try (NDManager manager = NDManager.newBaseManager()) {
            SegmentationNetwork network = RandomNetworks.build(spec, manager, DataType.FLOAT64, size, size, 3);
            NDArray image = ramp(manager, size);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                network.stateDict().values().stream()
                        .filter(Parameter::requiresGradient)
                        .forEach(parameter -> parameter.getArray().setRequiresGradient(true));
                collector.backward(loss(network, manager, image));
            }
            int learning = 0;
            for (Map.Entry<String, Parameter> entry : network.stateDict().entrySet()) {
                if (entry.getValue().requiresGradient()) {
                    double steepness = check(
                            network,
                            manager,
                            image,
                            entry.getKey(),
                            entry.getValue().getArray());
                    learning += steepness > 1e-6 ? 1 : 0;
                }
            }
            // biases before a normalisation have no effect; everything else must have
            long withoutEffect = network.stateDict().keySet().stream()
                    .filter(name -> name.matches("conv\\d_\\d\\.conv\\d\\.bias"))
                    .count();
            long all = network.stateDict().values().stream()
                    .filter(Parameter::requiresGradient)
                    .count();
            assertThat(learning).isEqualTo((int) (all - withoutEffect));
        }
    }

    private static double check(
            SegmentationNetwork network, NDManager manager, NDArray image, String name, NDArray parameter) {
        NDArray gradient = parameter.getGradient().duplicate();
        double length = gradient.square().sum().sqrt().getDouble();
        if (length < 1e-9) {
            return 0;
        }
        NDArray step = gradient.mul(STEP / length);
        NDArray origin = parameter.duplicate();
        origin.add(step).copyTo(parameter);
        double above = loss(network, manager, image).getDouble();
        origin.sub(step).copyTo(parameter);
        double below = loss(network, manager, image).getDouble();
        origin.copyTo(parameter);
        double steepness = (above - below) / (2 * STEP);
        assertThat(steepness).as(name).isCloseTo(length, within(1e-5 * length + 1e-7));
        return steepness;
    }

    private static NDArray loss(SegmentationNetwork network, NDManager manager, NDArray image) {
        NDList heads = network.forward(new ParameterStore(manager, false), new NDList(image), true);
        NDArray sum = manager.create(0.0);
        for (NDArray head : heads) {
            sum = sum.add(head.mul(image).sum()).add(head.square().mean());
        }
        return sum;
    }

    private static NDArray ramp(NDManager manager, long size) {
        double[] values = new double[(int) (size * size)];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.sin(0.37 * i) + 0.3 * Math.cos(0.011 * i * i);
        }
        return manager.create(values, new Shape(1, 1, size, size));
    }
}
