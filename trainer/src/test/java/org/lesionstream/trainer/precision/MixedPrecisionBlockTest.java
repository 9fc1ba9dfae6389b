package org.lesionstream.trainer.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.graph.ScalarType;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.network.StrangeNetwork;
import org.lesionstream.trainer.optimizer.ArrayCopies;
import org.lesionstream.trainer.optimizer.GradientClip;
import org.lesionstream.trainer.optimizer.Optimizer;
import org.lesionstream.trainer.optimizer.OptimizerRule;
import org.lesionstream.trainer.testing.RandomNetworks;

class MixedPrecisionBlockTest {
    private static final String TINY =
            "dims=8/8/10/12,attention-heads=1/2/2/2,mlp=2/2/1/1,depths=1/1/1/1,reductions=4/2/1/1";
    private static final int STEPS = 4;

    @Test
    void weightsAndStatisticsMoveAsTheyDoInFullPrecision() throws IOException {
        Map<String, FloatTensor> before = trained("unet-same:base=8,depth=2", false, 0);
        Map<String, FloatTensor> full = trained("unet-same:base=8,depth=2", false, STEPS);
        Map<String, FloatTensor> mixed = trained("unet-same:base=8,depth=2", true, STEPS);

        assertThat(mixed.keySet()).isEqualTo(full.keySet());
        Map<Boolean, List<String>> names = full.keySet().stream()
                .collect(java.util.stream.Collectors.partitioningBy(name -> name.contains("running")));
        assertThat(names.get(true)).isNotEmpty();
        names.values().forEach(kind -> assertThat(distance(kind, mixed, full))
                .isPositive()
                .isLessThan(0.1 * distance(kind, before, full)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unet-same:base=4",
                "unet-same:base=4,depth=2,skip=sum,up=nearest,norm=instance",
                "unet-uctrans:base=4",
                "unetpp-vgg:base=4,deep-supervision=true",
                "unetv2:width=4,deep-supervision=true,drop-path=0," + TINY
            })
    void learnsInTheDirectionOfFullPrecision(String spec) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            SegmentationNetwork network = RandomNetworks.build(spec, manager, 64, 64, 3);
            NDArray images = images(manager, 4, 64);
            Map<String, float[]> full = gradients(network, network, images);
            Map<String, float[]> mixed = gradients(network, MixedPrecisionBlock.of(network, 64, 64, manager), images);

            double length = length(full.values());
            assertThat(length(differences(full, mixed))).isPositive().isLessThan(0.2 * length);
        }
    }

    /**
     * Some of these networks turn the rounding of their weights into another gradient altogether, in any precision, so rounding is left out. What remains is the order in
     * which sums are made, which some of them magnify as well: so the trace may be as far from the block as the block is from itself with images that differ in their last
     * digits. A mistake of the trace would be of the size of the gradient.
     */
    @ParameterizedTest
    @CsvSource({
        "unet-valid:base=4;depth=2;dropout=0, 76",
        "unet-same:base=4;skip=sdi;sdi-width=3;up=bilinear, 64",
        "unet-vgg:base=4, 64",
        "unet-pvt:drop-path=0;TINY, 64",
        "unet-uctrans:base=4, 64",
        "uctransnet:base=4;heads=2;layers=1;size=32;attention-dropout=0, 64",
        "uctransnet-u2:base=4;heads=1;layers=1;size=64;attention-dropout=0, 64",
        "unetpp-vgg:base=4;deep-supervision=true, 64",
        "unetpp-preact:base=4, 64",
        "unetpp-plain:base=4, 64",
        "unetpp-nnunet:base=4;deep-supervision=true, 64",
        "unetpp-pvt:drop-path=0;TINY, 64",
        "unetv2:width=4;deep-supervision=true;drop-path=0;TINY, 64",
        "u2net:scale=16, 64",
        "u2netp:scale=8, 64"
    })
    void theTraceOfEveryNetworkHasItsGradients(String text, int size) throws IOException {
        String spec = text.replace("TINY", TINY).replace(';', ',');
        try (NDManager manager = NDManager.newBaseManager()) {
            SegmentationNetwork network = RandomNetworks.build(spec, manager, size, size, 3);
            NDArray images = images(manager, 4, size);
            Map<String, float[]> expected = gradients(network, network, images);
            Map<String, float[]> traced = gradients(
                    network, MixedPrecisionBlock.of(network, size, size, manager, ScalarType.FLOAT32), images);

            double magnified = 0;
            for (int i = 0; i < 3; i++) {
                Map<String, float[]> nudged = gradients(
                        network,
                        network,
                        images.add(manager.randomNormal(images.getShape()).mul(1e-6)));
                magnified = Math.max(magnified, length(differences(expected, nudged)));
            }
            assertThat(length(differences(expected, traced)))
                    .isLessThan(0.1 * length(expected.values()) + 2 * magnified);
            assertThat(magnified).as("or this tells nothing").isLessThan(0.4 * length(expected.values()));
        }
    }

    @Test
    void noNetworkIsForgotten() throws NoSuchMethodException {
        String listed = String.join(
                " ",
                getClass()
                        .getDeclaredMethod("theTraceOfEveryNetworkHasItsGradients", String.class, int.class)
                        .getAnnotation(CsvSource.class)
                        .value());

        assertThat(NetworkCatalog.names())
                .filteredOn(name -> !name.equals("ensemble")) // whose members are trained apart
                .allSatisfy(name -> assertThat(listed).contains(name + ":"));
    }

    @ParameterizedTest
    @CsvSource({"unet-same:base=4;depth=2;dropout=0.5, 32", "unetv2:width=4;drop-path=0.5;TINY, 64"})
    void whatIsLeftOutAtRandomFollowsTheSeed(String text, int size) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            String spec = text.replace("TINY", TINY).replace(';', ',');
            SegmentationNetwork network = RandomNetworks.build(spec, manager, size, size, 3);
            Block mixed = MixedPrecisionBlock.of(network, size, size, manager);
            NDArray images = images(manager, 4, size);

            float[] once = logits(mixed, images, 1);
            assertThat(logits(mixed, images, 1)).isEqualTo(once);
            assertThat(logits(mixed, images, 2)).isNotEqualTo(once);
        }
    }

    @Test
    void takesAnyNumberOfImages() throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            SegmentationNetwork network = RandomNetworks.build("unet-same:base=4,depth=2", manager, 32, 48, 3);
            Block mixed = MixedPrecisionBlock.of(network, 32, 48, manager);
            for (int count : List.of(3, 1, 2)) {
                NDArray images = manager.ones(new Shape(count, 3, 32, 48));
                NDArray logits = mixed.forward(new ParameterStore(manager, false), new NDList(images), true)
                        .singletonOrThrow();
                assertThat(logits.getShape()).isEqualTo(new Shape(count, 1, 32, 48));
                assertThat(logits.getDataType()).isEqualTo(DataType.FLOAT32);
            }
        }
    }

    @Test
    void isTheNetworkItselfWhereNothingIsTrained() throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            SegmentationNetwork network = RandomNetworks.build("unet-same:base=4,depth=2", manager, 32, 32, 3);
            Block mixed = MixedPrecisionBlock.of(network, 32, 32, manager);
            ParameterStore store = new ParameterStore(manager, false);
            NDList images = new NDList(images(manager, 2, 32));

            assertThat(mixed.getParameters()).isEqualTo(network.getParameters());
            assertThat(mixed.forward(store, images, false).singletonOrThrow().toFloatArray())
                    .isEqualTo(network.forward(store, images, false)
                            .singletonOrThrow()
                            .toFloatArray());
        }
    }

    @Test
    void refusesByNameWhatCannotBeRecorded() {
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThatThrownBy(() -> MixedPrecisionBlock.of(new StrangeNetwork(NDArray::tan), 16, 16, manager))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("NDArray.tan");
        }
    }

    private static Map<String, FloatTensor> trained(String spec, boolean mixed, int steps) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            SegmentationNetwork network = RandomNetworks.build(spec, manager, 64, 64, 3);
            Block block = mixed ? MixedPrecisionBlock.of(network, 64, 64, manager) : network;
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            Map<String, NDArray> learning = new LinkedHashMap<>();
            network.stateDict().forEach((name, parameter) -> {
                arrays.put(name, parameter.getArray());
                if (parameter.requiresGradient()) {
                    learning.put(name, parameter.getArray());
                }
            });
            Optimizer optimizer = new Optimizer(OptimizerRule.parse("sgd"), GradientClip.NONE, learning, manager);
            NDArray images = images(manager, 4, 64);
            for (int step = 0; step < steps; step++) {
                backward(network, block, images);
                optimizer.step(0.05);
            }
            return ArrayCopies.read(arrays);
        }
    }

    private static Map<String, float[]> gradients(SegmentationNetwork network, Block block, NDArray images) {
        backward(network, block, images);
        Map<String, float[]> gradients = new LinkedHashMap<>();
        network.stateDict().forEach((name, parameter) -> {
            if (parameter.requiresGradient() && !network.withoutInfluence().contains(name)) {
                NDArray gradient = parameter.getArray().getGradient();
                gradients.put(name, gradient.toFloatArray());
                gradient.subi(gradient.duplicate());
            }
        });
        return gradients;
    }

    /** Towards light where the pictures are light, at every head. */
    private static void backward(SegmentationNetwork network, Block block, NDArray images) {
        ParameterStore store = new ParameterStore(images.getManager(), false);
        network.stateDict()
                .values()
                .forEach(parameter -> store.getValue(parameter, images.getDevice(), true)); // asks for gradients
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            NDArray sum = images.getManager().create(0f);
            for (NDArray head : block.forward(store, new NDList(images), true)) {
                NDArray light = images.getManager().create(wave(head.getShape()), head.getShape());
                sum = sum.add(head.sub(light).square().mean());
            }
            gradients.backward(sum);
        }
    }

    private static float[] logits(Block block, NDArray images, int seed) {
        Engine.getInstance().setRandomSeed(seed);
        NDList heads = block.forward(new ParameterStore(images.getManager(), false), new NDList(images), true);
        return heads.get(heads.size() - 1).toFloatArray();
    }

    private static NDArray images(NDManager manager, int count, int size) {
        Shape shape = new Shape(count, 3, size, size);
        return manager.create(wave(shape), shape);
    }

    private static float[] wave(Shape shape) {
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (Math.sin(0.0137 * i) + 0.5 * Math.cos(0.0011 * i));
        }
        return values;
    }

    private static double distance(List<String> names, Map<String, FloatTensor> a, Map<String, FloatTensor> b) {
        return length(names.stream()
                .map(name -> difference(a.get(name).values(), b.get(name).values()))
                .toList());
    }

    private static List<float[]> differences(Map<String, float[]> a, Map<String, float[]> b) {
        assertThat(b.keySet()).isEqualTo(a.keySet());
        return a.keySet().stream()
                .map(name -> difference(a.get(name), b.get(name)))
                .toList();
    }

    private static float[] difference(float[] a, float[] b) {
        float[] difference = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return difference;
    }

    private static double length(Collection<float[]> parts) {
        double sum = 0;
        for (float[] part : parts) {
            for (float number : part) {
                sum += (double) number * number;
            }
        }
        return Math.sqrt(sum);
    }
}
