package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;

/**
 * PVTv2, the pyramid vision transformer, as an encoder: {@code [N, channels, H, W]} to four maps {@code [N, C_s, H/4, W/4]}, H/8, H/16 and H/32.
 *
 * <p>Each stage cuts its map into overlapping patches, runs blocks of attention and perceptron over them ({@link TransformerBlock}) and ends with a
 * normalisation. There is no position embedding: a depthwise convolution in each perceptron knows the neighbours.
 *
 * <p>Options: {@code encoder} = {@code b0} to {@code b5} (b2), or, for other sizes, {@code dims}, {@code attention-heads}, {@code mlp}, {@code depths} and
 * {@code reductions}, four numbers each, such as {@code 64/128/320/512}; {@code drop-path} (0.1), the rate of stochastic depth at the last block.
 *
 * <p>Source: Wang et al., "PVT v2: Improved Baselines with Pyramid Vision Transformer", Computational Visual Media 2022, and its published code.
 */
final class PyramidVisionTransformer extends Encoder {
    static final List<String> OPTIONS =
            List.of("encoder", "dims", "attention-heads", "mlp", "depths", "reductions", "drop-path");
    private static final int STAGES = 4;
    private static final float PATCH_EPSILON = 1e-5f;
    private static final float STAGE_EPSILON = 1e-6f;

    private final List<Integer> widths;
    private final List<Layer> cuts = new ArrayList<>();
    private final List<Layer> cutNorms = new ArrayList<>();
    private final List<List<Layer>> blocks = new ArrayList<>();
    private final List<Layer> norms = new ArrayList<>();

    PyramidVisionTransformer(NetworkSpec spec) {
        this.widths = widths(spec);
        Variant variant = Variant.of(spec);
        List<Integer> heads = four(spec, "attention-heads", List.of(1, 2, 5, 8));
        List<Integer> mlp = four(spec, "mlp", variant.mlp());
        List<Integer> depths = four(spec, "depths", variant.depths());
        List<Integer> reductions = four(spec, "reductions", List.of(8, 4, 2, 1));
        double lastRate = spec.share("drop-path", 0.1);
        int all = depths.stream().mapToInt(Integer::intValue).sum();
        int done = 0;
        for (int s = 0; s < STAGES; s++) {
            int in = s == 0 ? spec.count("channels", 3) : widths.get(s - 1);
            int width = widths.get(s);
            int kernel = s == 0 ? 7 : 3;
            String stage = String.valueOf(s + 1);
            cuts.add(addChildBlock(
                    "patch_embed" + stage + ".proj",
                    Convolution.of(in, width, kernel)
                            .stride(s == 0 ? 4 : 2, kernel / 2)
                            .drawnBy(Layers.normal((double) kernel * kernel * width))
                            .build()));
            cutNorms.add(addChildBlock("patch_embed" + stage + ".norm", new LayerNorm(width, PATCH_EPSILON)));
            List<Layer> ofStage = new ArrayList<>();
            for (int d = 0; d < depths.get(s); d++) {
                double rate = all == 1 ? 0 : lastRate * done++ / (all - 1);
                TransformerBlock block = new TransformerBlock(width, heads.get(s), mlp.get(s), reductions.get(s), rate);
                ofStage.add(addChildBlock("block" + stage + "." + d, block));
            }
            blocks.add(ofStage);
            norms.add(addChildBlock("norm" + stage, new LayerNorm(width, STAGE_EPSILON)));
        }
    }

    /** A size that has a letter and a number in the paper: channels, blocks and hidden channels for one, of each stage. */
    private record Variant(List<Integer> dims, List<Integer> depths, List<Integer> mlp) {
        private static final List<Integer> USUAL = List.of(64, 128, 320, 512);
        private static final List<Integer> WIDE = List.of(8, 8, 4, 4);

        static Variant of(NetworkSpec spec) {
            return switch (spec.choice("encoder", "b2", "b0", "b1", "b3", "b4", "b5")) {
                case "b0" -> new Variant(List.of(32, 64, 160, 256), List.of(2, 2, 2, 2), WIDE);
                case "b1" -> new Variant(USUAL, List.of(2, 2, 2, 2), WIDE);
                case "b3" -> new Variant(USUAL, List.of(3, 4, 18, 3), WIDE);
                case "b4" -> new Variant(USUAL, List.of(3, 8, 27, 3), WIDE);
                case "b5" -> new Variant(USUAL, List.of(3, 6, 40, 3), List.of(4, 4, 4, 4));
                default -> new Variant(USUAL, List.of(3, 4, 6, 3), WIDE);
            };
        }
    }

    /** Channels of the four maps that these options ask for. */
    static List<Integer> widths(NetworkSpec spec) {
        return four(spec, "dims", Variant.of(spec).dims());
    }

    private static List<Integer> four(NetworkSpec spec, String key, List<Integer> usual) {
        return spec.text(key).isPresent() ? spec.numbers(key, STAGES, STAGES) : usual;
    }

    @Override
    List<Integer> widths() {
        return widths;
    }

    @Override
    int finestStride() {
        return 4;
    }

    @Override
    NDList compute(Pass pass, NDList images) {
        NDList maps = new NDList();
        NDArray x = images.singletonOrThrow();
        for (int s = 0; s < STAGES; s++) {
            NDArray map = pass.through(cuts.get(s), x); // [N, C, h, w]
            long height = map.getShape().get(2);
            long width = map.getShape().get(3);
            map = Tokens.image(pass.through(cutNorms.get(s), Tokens.of(map)), height, width);
            for (Layer block : blocks.get(s)) {
                map = pass.through(block, map);
            }
            x = Tokens.image(pass.through(norms.get(s), Tokens.of(map)), height, width);
            maps.add(x);
        }
        return maps;
    }
}
