package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A part of a network as if it were one, so that it can be compared with reference data by itself: a block whose outputs are the heads, or many single
 * operations on one image, one head each. Nobody trains it.
 */
public final class ReferenceBlock extends SegmentationNetwork {
    private static final String OPERATIONS = "ops";

    private final Function<Pass, Function<NDArray, NDList>> run;
    private final Map<String, Function<Pass, Function<NDArray, NDArray>>> operations = new TreeMap<>();

    /**
     * A block.
     *
     * @param name {@code rsu7}, {@code rsu4}, {@code rsu4f}, {@code u2downblock} or {@code u2upblock}
     * @throws IllegalArgumentException when no block has that name
     */
    public static ReferenceBlock of(String name, int in, int middle, int out) {
        return switch (name) {
            case "rsu7" -> new ReferenceBlock(name, in, ResidualUBlock.ofLevels(7, in, middle, out));
            case "rsu4" -> new ReferenceBlock(name, in, ResidualUBlock.ofLevels(4, in, middle, out));
            case "rsu4f" -> new ReferenceBlock(name, in, ResidualUBlock.dilated(in, middle, out));
            case "u2downblock" -> new ReferenceBlock(name, in, new U2DownBlock(in, out));
            case "u2upblock" -> new ReferenceBlock(in, out);
            default -> throw new IllegalArgumentException("no block is called " + name);
        };
    }

    /** The single operations on images of four channels and 7 x 10 pixels. */
    public static ReferenceBlock operations() {
        return new ReferenceBlock();
    }

    private ReferenceBlock(String name, int channels, Part block) {
        super(new NetworkSpec(name, Map.of("channels", String.valueOf(channels))));
        Part child = addChildBlock(block instanceof ResidualUBlock ? UNNAMED : "block", block);
        this.run = pass -> image -> pass.all(child, image);
    }

    /** The up block: of one image, every second pixel of the first {@code in} channels lies deep, the other channels are the skip. */
    private ReferenceBlock(int in, int out) {
        super(new NetworkSpec("u2upblock", Map.of("channels", String.valueOf(in + out))));
        Part block = addChildBlock("block", new U2UpBlock(out));
        this.run = pass -> image -> {
            NDArray full = ImageOperations.slice(image, 1, 0, in);
            NDArray deep = ImageOperations.resize(
                    full,
                    Resizing.NEAREST,
                    full.getShape().get(2) / 2,
                    full.getShape().get(3) / 2);
            return pass.all(block, deep, ImageOperations.slice(image, 1, in, in + out));
        };
    }

    private ReferenceBlock() {
        super(new NetworkSpec(OPERATIONS, Map.of("channels", "4")));
        for (boolean aligned : List.of(true, false)) {
            Resizing way = aligned ? Resizing.BILINEAR_ALIGNED : Resizing.BILINEAR;
            operation("bilinear2_align" + aligned, x -> ImageOperations.enlarge(x, way, 2));
            operation("bilinear_size_align" + aligned, x -> ImageOperations.resize(x, way, 10, 19));
        }
        operation("nearest2", x -> ImageOperations.enlarge(x, Resizing.NEAREST, 2));
        operation("adaptive_avg", x -> ImageOperations.resize(x, Resizing.AVERAGE, 2, 3));
        operation("maxpool2", Layers::maxPool2);
        operation("maxpool2_ceil", Layers::maxPool2Ceil);
        operation("global_avg", x -> Layers.globalAverage(x).reshape(-1, 4));
        operation("global_max", x -> Layers.globalMaximum(x).reshape(-1, 4));
        operation("instancenorm", x -> ImageOperations.instanceNorm(x, null, null));
        operation("gelu_exact", Layers::gelu);
        operation("leakyrelu_001", Layers::leakyRelu);
        operation("softmax_lastdim", x -> x.softmax(3));
        layer("deconv4", "deconv4", UpConvolution.by4(4, 5, false));
        layer("deconv2", "deconv2", UpConvolution.by2(4, 5, true));
        layer("conv3_dil2", "conv3_dil2", Convolution.of(4, 5, 3).dilated(2).build());
        layer("dwconv3", "dwconv3", Convolution.of(4, 4, 3).depthwise().build());
        layer("conv7_s4", "conv7_s4", Convolution.of(4, 6, 7).stride(4, 3).build());
        layer("batchnorm_eval", "batchnorm", new BatchNorm(4));
        layer("layernorm_lastdim", "layernorm", new LayerNorm(10, 1e-6f));
        this.run = pass -> image -> {
            NDList results = new NDList();
            operations
                    .values()
                    .forEach(operation -> results.add(operation.apply(pass).apply(image)));
            return results;
        };
    }

    private void operation(String name, Function<NDArray, NDArray> operation) {
        operations.put(name, pass -> operation);
    }

    private void layer(String name, String parameters, Layer layer) {
        Layer child = addChildBlock(parameters, layer);
        operations.put(name, pass -> image -> pass.through(child, image));
    }

    /** Names of the heads in order, where they are single operations. */
    public List<String> operationNames() {
        return new ArrayList<>(operations.keySet());
    }

    @Override
    NDList logits(Pass pass, NDArray image) {
        return run.apply(pass).apply(image);
    }

    @Override
    public int heads() {
        return Math.max(1, operations.size());
    }

    @Override
    public InputRule inputRule() {
        return new InputRule(1, 1, 1, 0);
    }
}
