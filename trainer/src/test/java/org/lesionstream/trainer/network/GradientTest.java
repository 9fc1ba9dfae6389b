package org.lesionstream.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesionstream.trainer.testing.RandomNetworks;

class GradientTest {
    private static final double STEP = 2e-8; // short, so that hardly any ReLU or maximum changes its mind on the way
    private static final String TINY_TRANSFORMER =
            "channels=1,dims=16/16/32/32,attention-heads=1/2/2/2,mlp=2/2/1/1,depths=1/1/1/2,reductions=4/2/1/1,drop-path=0";

    static Stream<Arguments> networks() {
        return Stream.of(
                // halves to 17, 8, 4, 2: one row is dropped and padded again
                arguments("unet-same:base=2,channels=1", 34),
                arguments("unet-same:base=2,channels=1,up=bilinear", 34),
                arguments("unet-same:base=2,channels=1,norm=instance,depth=2,up=nearest", 12),
                arguments("unet-same:base=2,channels=1,skip=sdi,sdi-width=3,depth=3", 24),
                arguments("unet-same:base=2,channels=1,skip=sum,norm=none,up=bilinear-unaligned,depth=2", 12),
                arguments("unet-valid:base=4,channels=1,depth=2,dropout=0", 44),
                arguments("unet-vgg:base=2,channels=1", 32),
                arguments("unet-uctrans:base=2,channels=1", 32),
                arguments("uctransnet:base=2,channels=1,heads=2,layers=1,size=16,attention-dropout=0", 32),
                arguments("uctransnet-u2:base=4,channels=1,heads=1,layers=1,size=32,attention-dropout=0", 32),
                arguments("unetpp-vgg:base=2,channels=1,deep-supervision=true", 32),
                arguments("unetpp-preact:base=2,channels=1,deep-supervision=true", 32),
                arguments("unetpp-plain:base=2,channels=1,deep-supervision=true", 32),
                arguments("unetpp-nnunet:base=2,channels=1,deep-supervision=true", 64),
                arguments("unetpp-pvt:deep-supervision=true," + TINY_TRANSFORMER, 32),
                arguments("unet-pvt:skip=sum," + TINY_TRANSFORMER, 32),
                arguments("unetv2:width=3,deep-supervision=true," + TINY_TRANSFORMER, 32),
                arguments("u2netp:scale=16,channels=1", 40));
    }

    // In double precision: along the gradient of each parameter, the loss must rise as steeply as the gradient is long.
    @ParameterizedTest
    @MethodSource("networks")
    void everyParameterLearnsAsFiniteDifferencesSay(String spec, long size) {
        try (NDManager manager = NDManager.newBaseManager()) {
            SegmentationNetwork network = RandomNetworks.build(spec, manager, DataType.FLOAT64, size, size, 3);
            NDArray image = ramp(manager, new Shape(2, 1, size, size));
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                network.stateDict().values().stream()
                        .filter(Parameter::requiresGradient)
                        .forEach(parameter -> parameter.getArray().setRequiresGradient(true));
                collector.backward(loss(network, manager, image));
            }
            Map<String, Parameter> learning = new TreeMap<>(network.stateDict());
            learning.keySet().removeAll(network.withoutInfluence());
            learning.values().removeIf(parameter -> !parameter.requiresGradient());
            assertThat(learning).isNotEmpty();
            Set<String> idle = new TreeSet<>();
            learning.forEach((name, parameter) -> {
                double steepness = check(network, manager, image, name, parameter.getArray());
                if (steepness < 1e-9 && !name.endsWith("bias")) { // biases before a normalisation have no effect
                    idle.add(name);
                }
            });
            assertThat(idle)
                    .as("without effect, as behind a ReLU that never opens")
                    .hasSizeLessThanOrEqualTo(learning.size() / 20);
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
        double tolerance = 3e-3 * length + 1e-7 * Math.abs(above); // the second part is the rounding of the loss
        assertThat(steepness).as(name).isCloseTo(length, within(tolerance));
        return steepness;
    }

    private static NDArray loss(SegmentationNetwork network, NDManager manager, NDArray image) {
        NDList heads = network.forward(new ParameterStore(manager, false), new NDList(image), true);
        NDArray sum = manager.create(0.0);
        for (NDArray head : heads) {
            sum = sum.add(head.mul(ramp(manager, head.getShape())).sum())
                    .add(head.square().mean());
        }
        return sum;
    }

    private static NDArray ramp(NDManager manager, Shape shape) {
        double[] values = new double[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.sin(0.37 * i) + 0.3 * Math.cos(0.011 * i * i);
        }
        return manager.create(values, shape);
    }
}
