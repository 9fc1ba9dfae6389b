package org.lesionstream.trainer.graph;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.network.SegmentationNetwork;

class NetworkCostTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void release() {
        manager.close();
    }

    // Parameters and multiply-accumulates of the published code, counted by running it; the latter with the digits that
    // are given.
    @ParameterizedTest
    @CsvSource({
        "unet-same:classes=2, 256, 31037698, 48.17",
        "unet-same:classes=2, 512, 31037698, 192.69",
        "unet-same, 256, 31037633, 48.17",
        "'unet-same:classes=2,up=bilinear', 256, 17263042, 39.98",
        "unetpp-vgg, 96, 9163329, 4.850",
        "unetpp-vgg, 224, 9163329, 26.40",
        "unetpp-vgg, 256, 9163329, 34.49",
        "unetpp-vgg, 512, 9163329, 137.94",
        "unetpp-vgg:deep-supervision=true, 256, 9163428, 34.49"
    })
    void countsWhatThePublishedNetworksCost(String network, int size, long parameters, BigDecimal giga) {
        SegmentationNetwork built = built(network, size);

        NetworkCost cost = NetworkCost.of(built, Tracer.trace(built, size, size));

        assertThat(cost.parameters()).isEqualTo(parameters);
        assertThat(rounded(cost, giga)).isEqualByComparingTo(giga);
        assertThat(cost.layers().stream().mapToLong(LayerCost::parameters).sum())
                .isEqualTo(parameters);
    }

    // The table of the UNet++ paper's pruning for this version: nodes X(i, j) kept, parameters with the one head,
    // products for two sizes.
    @ParameterizedTest
    @CsvSource({
        "1, 3, 103041, 0.560, 3.985",
        "2, 6, 519105, 1.452, 10.33",
        "3, 10, 2236161, 2.854, 20.29",
        "4, 15, 9163329, 4.850, 34.49"
    })
    void aPrunedNetworkCostsWhatItsNodesCost(
            int level, int nodes, long parameters, BigDecimal small, BigDecimal large) {
        for (int size : List.of(96, 256)) {
            SegmentationNetwork network = built("unetpp-vgg:deep-supervision=true", size);
            Graph traced = Tracer.trace(network, size, size);

            NetworkCost cost = NetworkCost.ofHeads(
                    network, traced, network.headOfPruning(level).orElseThrow());

            BigDecimal giga = size == 96 ? small : large;
            assertThat(cost.parameters()).isEqualTo(parameters);
            assertThat(rounded(cost, giga)).isEqualByComparingTo(giga);
            assertThat(cost.layers().stream()
                            .map(layer -> layer.name().replaceFirst("\\..*", ""))
                            .filter(name -> name.startsWith("conv"))
                            .distinct())
                    .hasSize(nodes);
        }
    }

    @Test
    void namesEachLayerWithItsOutput() {
        SegmentationNetwork network = built("unet-same:base=2,channels=1", 32);

        List<LayerCost> layers =
                NetworkCost.of(network, Tracer.trace(network, 32, 32)).layers();

        assertThat(layers)
                .contains(
                        // 32 x 32 pixels, each 2 maps of 1 x 3 x 3 products
                        new LayerCost("inc.double_conv.0", "aten::conv2d", List.of(1L, 2L, 32L, 32L), 18, 32 * 32 * 18),
                        new LayerCost("inc.double_conv.1", "aten::batch_norm", List.of(1L, 2L, 32L, 32L), 4, 0),
                        // 2 x 2 pixels of 32 channels to 16 channels with 2 x 2 positions each
                        new LayerCost(
                                "up1.up",
                                "aten::conv_transpose2d",
                                List.of(1L, 16L, 4L, 4L),
                                32 * 16 * 4 + 16,
                                2 * 2 * 32 * 16 * 4));
        assertThat(layers).extracting(LayerCost::name).doesNotContain("").hasSize(18 * 2 + 4 + 1);
    }

    @Test
    void countsProductsOfMatricesByTheirExtents() {
        GraphBuilder graph = new GraphBuilder();
        Value tokens = graph.input(ScalarType.FLOAT32, 1, 5, 6);
        Value keys = graph.input(ScalarType.FLOAT32, 1, 6, 7);
        Value weight = graph.weight("w", new FloatTensor(new long[] {4, 6}, new float[24]));
        Value linear = graph.call(
                "aten::linear", ScalarType.FLOAT32, new long[] {1, 5, 4}, tokens, weight, Argument.Constant.NONE);
        Value product = graph.call("aten::matmul", ScalarType.FLOAT32, new long[] {1, 5, 7}, tokens, keys);
        Value sum = graph.call("aten::gelu", ScalarType.FLOAT32, new long[] {1, 5, 7}, product);

        assertThat(graph.build(List.of(linear, sum)).nodes())
                .extracting(MultiplyAccumulates::of)
                .containsExactly(5L * 6 * 4, 5L * 6 * 7, 0L);
    }

    @Test
    void countsTheGroupsOfAConvolution() {
        GraphBuilder graph = new GraphBuilder();
        Value image = graph.input(ScalarType.FLOAT32, 1, 8, 10, 10);
        Value weight = graph.weight("w", new FloatTensor(new long[] {8, 1, 3, 3}, new float[72]));
        long[] one = {1, 1};
        Value depthwise = new Operators(graph).convolution(image, weight, Argument.Constant.NONE, one, one, one, 8);

        assertThat(MultiplyAccumulates.of(
                        graph.build(List.of(depthwise)).nodes().get(0)))
                .isEqualTo(10 * 10 * 8 * 9);
    }

    private SegmentationNetwork built(String text, int size) {
        SegmentationNetwork network = NetworkCatalog.build(NetworkSpec.parse(text));
        network.initialize(manager, DataType.FLOAT32, new Shape(1, network.channels(), size, size));
        return network;
    }

    private static BigDecimal rounded(NetworkCost cost, BigDecimal like) {
        return BigDecimal.valueOf(cost.multiplyAccumulates(), 9).round(new MathContext(like.precision()));
    }
}
