package org.lesionstream.trainer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lesionstream.trainer.testing.RandomNetworks;

class GraphPassTest {

    @Test
    void choosingAHeadLeavesTheNodesThatThePaperKeeps() {
        Graph graph = traced("unetpp-vgg:base=2,deep-supervision=true");

        assertThat(blocksLeft(graph, 0)).containsExactlyInAnyOrder("conv0_0", "conv1_0", "conv0_1", "final1");
        assertThat(blocksLeft(graph, 1))
                .containsExactlyInAnyOrder("conv0_0", "conv1_0", "conv2_0", "conv0_1", "conv1_1", "conv0_2", "final2");
        assertThat(blocksLeft(graph, 3)).hasSize(16);
    }

    private static Set<String> blocksLeft(Graph graph, int head) {
        return new DropUnused()
                .apply(graph.withOutputs(head)).weights().stream()
                        .map(weight -> weight.name().replaceFirst("\\..*", ""))
                        .collect(Collectors.toSet());
    }

    @Test
    void foldingLeavesNoNormalisationAndNoStatistics() {
        Graph folded = new FoldBatchNorm().apply(traced("unet-same:base=2"));

        assertThat(folded.nodes()).noneMatch(node -> node.is(Operators.BATCH_NORM));
        assertThat(folded.weights()).noneMatch(weight -> weight.name().contains("running"));
    }

    @Test
    void foldingSparesAConvolutionThatOthersRead() {
        GraphBuilder builder = new GraphBuilder();
        Operators operators = new Operators(builder);
        Value image = builder.input(ScalarType.FLOAT32, 1, 1, 4, 4);
        long[] one = {1, 1};
        Value convolved = operators.convolution(
                image, ones(builder, "w", 2, 1, 1, 1), Argument.Constant.NONE, one, new long[] {0, 0}, one, 1);
        Value normal = operators.batchNorm(
                convolved,
                ones(builder, "g", 2),
                ones(builder, "b", 2),
                ones(builder, "m", 2),
                ones(builder, "v", 2),
                1e-5);
        Graph graph = builder.build(List.of(normal, convolved));

        assertThat(new FoldBatchNorm().apply(graph).nodes()).isEqualTo(graph.nodes());
    }

    private static Value ones(GraphBuilder builder, String name, long... shape) {
        long count = java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        float[] values = new float[(int) count];
        java.util.Arrays.fill(values, 1);
        return builder.weight(name, new FloatTensor(shape, values));
    }

    @Test
    void castingChangesEveryFloatBetweenInputAndOutput() {
        Graph cast =
                new CastPrecision(ScalarType.BFLOAT16).apply(new FoldBatchNorm().apply(traced("unet-same:base=2")));

        assertThat(cast.inputs().get(0).type()).isEqualTo(ScalarType.FLOAT32);
        assertThat(cast.outputs().get(0).type()).isEqualTo(ScalarType.FLOAT32);
        assertThat(cast.weights()).allMatch(weight -> weight.value().type() == ScalarType.BFLOAT16);
        assertThat(cast.nodes().subList(0, cast.nodes().size() - 1))
                .allMatch(node -> node.output().type() == ScalarType.BFLOAT16);
    }

    @Test
    void mixedPrecisionKeepsStatisticsAndWhatGoesInAndOutInFull() {
        Graph traced = tracedTraining("unet-same:base=2,up=bilinear");
        Graph mixed = mixed(traced);

        assertThat(mixed.inputs()).hasSize(1 + traced.weights().size());
        assertThat(mixed.inputs()).allMatch(value -> value.type() == ScalarType.FLOAT32);
        assertThat(mixed.outputs()).allMatch(value -> value.type() == ScalarType.FLOAT32);
        assertThat(mixed.nodes())
                .filteredOn(node -> node.is(Operators.CONVOLUTION))
                .isNotEmpty()
                .allMatch(node -> node.inputs().allMatch(value -> value.type() == ScalarType.BFLOAT16));
        assertThat(mixed.nodes())
                .filteredOn(node -> node.is(Operators.BATCH_NORM))
                .isNotEmpty()
                .allMatch(node -> node.tensor(0).type() == ScalarType.BFLOAT16)
                .allMatch(node -> node.inputs().skip(1).allMatch(mixed.inputs()::contains));
        assertThat(mixed.nodes())
                .filteredOn(node -> node.is("aten::upsample_bilinear2d"))
                .isNotEmpty()
                .allMatch(node -> node.tensor(0).type() == ScalarType.FLOAT32);
    }

    @Test
    void mixedPrecisionRefusesNumbersThatCouldNotChange() {
        Graph traced = tracedTraining("unet-same:base=2");

        assertThatThrownBy(() -> new MixedPrecision(ScalarType.BFLOAT16).apply(traced))
                .hasMessage("the weights must be inputs");
    }

    @Test
    void upConvolutionsOfWeightsThatAreInputsBecomeProductsAsWell() {
        Graph mixed = mixed(tracedTraining("unet-same:base=2"));

        assertThat(mixed.nodes()).noneMatch(node -> node.is(Operators.UP_CONVOLUTION));
    }

    private static Graph mixed(Graph traced) {
        return GraphPass.inOrder(
                        new WeightsAsInputs(), new UpConvolutionAsProduct(), new MixedPrecision(ScalarType.BFLOAT16))
                .apply(traced);
    }

    private static Graph tracedTraining(String spec) {
        try (NDManager manager = NDManager.newBaseManager()) {
            return Tracer.traceTraining(RandomNetworks.build(spec, manager, 32, 32, 1), 32, 32);
        }
    }

    @Test
    void channelsLastStoresTheInputChannelsInnermost() {
        float[] values = new float[2 * 3 * 2 * 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        FloatTensor tensor = new FloatTensor(new long[] {2, 3, 2, 1}, values);
        Weight weight = new Weight(
                new Value(0, List.of(2L, 3L, 2L, 1L), ScalarType.FLOAT32), "w", tensor, Weight.Layout.CHANNELS_LAST);

        float[] stored = weight.storedValues();
        long[] strides = weight.strides();

        assertThat(stored).containsExactly(0, 2, 4, 1, 3, 5, 6, 8, 10, 7, 9, 11);
        for (int o = 0; o < 2; o++) {
            for (int i = 0; i < 3; i++) {
                for (int row = 0; row < 2; row++) {
                    int place = (int) (o * strides[0] + i * strides[1] + row * strides[2]);
                    assertThat(stored[place]).isEqualTo(values[(o * 3 + i) * 2 + row]);
                }
            }
        }
    }

    @Test
    void aGraphThatCannotRunDoesNotExist() {
        Value image = new Value(0, List.of(1L), ScalarType.FLOAT32);
        Value unknown = new Value(1, List.of(1L), ScalarType.FLOAT32);
        Value result = new Value(2, List.of(1L), ScalarType.FLOAT32);
        Node early = new Node("aten::relu", List.of(unknown), List.of(result));

        assertThatThrownBy(() -> new Graph(List.of(image), List.of(), List.of(early), List.of(result)))
                .hasMessage("aten::relu reads value 1 before it is defined");
        assertThatThrownBy(() -> new Graph(List.of(image, image), List.of(), List.of(), List.of()))
                .hasMessage("value 0 is defined twice");
    }

    private static Graph traced(String spec) {
        try (NDManager manager = NDManager.newBaseManager()) {
            return Tracer.trace(RandomNetworks.build(spec, manager, 32, 32, 1), 32, 32);
        }
    }
}
