package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;

/**
 * Channel-wise cross fusion transformer (CCT) of UCTransNet, as skip connections: the levels look at each other's channels.
 *
 * <ol>
 *   <li>Every map is cut into patches, so many pixels wide that all levels have the same grid of n tokens: T_i {@code [N, n, C_i]}.
 *   <li>Layers of {@link ChannelTransformerLayer} and a last normalisation.
 *   <li>Tokens become pixels again, enlarged to the map's size, by a 1 x 1 convolution, batch normalisation and ReLU; the map is added: O_i = R_i + E_i.
 * </ol>
 *
 * <p>Source: Wang et al., "UCTransNet", AAAI 2022, section 3.2. Position embeddings belong to a grid of the configured size; another grid gets them
 * interpolated, so the size of images is free.
 */
final class ChannelTransformer extends Skips {
    private static final float EPSILON = 1e-6f;
    private static final int COARSEST_PATCH = 16; // pixels of the finest map, and of the image

    private final List<Integer> widths;
    private final List<Integer> patches = new ArrayList<>();
    private final List<PatchEmbedding> embeddings = new ArrayList<>();
    private final List<Part> layers = new ArrayList<>();
    private final List<Layer> norms = new ArrayList<>();
    private final List<Layer> reconstructions = new ArrayList<>();

    /**
     * What the transformer is made of.
     *
     * @param heads attention heads of a layer, each of full width
     * @param layers layers one after the other
     * @param expansion hidden channels of the multi-layer perceptron for one of a level
     * @param size side of the images that the position embeddings are made for
     * @param dropout share of numbers left out in training
     */
    record Settings(int heads, int layers, int expansion, int size, double dropout) {}

    /**
     * @param levels which levels have a skip, counted from 1, the finest
     * @param widths channels of their maps
     */
    ChannelTransformer(List<Integer> levels, List<Integer> widths, Settings settings) {
        this.widths = List.copyOf(widths);
        for (int i = 0; i < levels.size(); i++) {
            int patch = COARSEST_PATCH >> (levels.get(i) - 1);
            patches.add(patch);
            PatchEmbedding embedding =
                    new PatchEmbedding(widths.get(i), patch, settings.size() / COARSEST_PATCH, settings.dropout());
            embeddings.add(addChildBlock("embeddings_" + levels.get(i), embedding));
        }
        for (int l = 0; l < settings.layers(); l++) {
            layers.add(addChildBlock("encoder.layer." + l, new ChannelTransformerLayer(levels, this.widths, settings)));
        }
        for (int i = 0; i < levels.size(); i++) {
            norms.add(addChildBlock("encoder.encoder_norm" + levels.get(i), new LayerNorm(widths.get(i), EPSILON)));
        }
        for (int i = 0; i < levels.size(); i++) {
            reconstructions.add(addChildBlock("reconstruct_" + levels.get(i), reconstruction(widths.get(i))));
        }
    }

    private static Layer reconstruction(int width) {
        return new ConvolutionUnit(
                "conv",
                Convolution.of(width, width, 1).build(),
                "norm",
                java.util.Optional.of(new BatchNorm(width)),
                Layers::relu);
    }

    @Override
    List<Integer> widths() {
        return widths;
    }

    @Override
    NDList compute(Pass pass, NDList maps) {
        NDList tokens = new NDList();
        for (int i = 0; i < maps.size(); i++) {
            tokens.add(pass.through(embeddings.get(i), maps.get(i))); // [N, n, C_i]
        }
        for (Part layer : layers) {
            tokens = pass.all(layer, tokens.toArray(NDArray[]::new)); // [N, n, C_i] each
        }
        NDList carried = new NDList();
        for (int i = 0; i < maps.size(); i++) {
            NDArray map = maps.get(i); // [N, C_i, H, W]
            NDArray grid = pass.through(norms.get(i), tokens.get(i))
                    .transpose(0, 2, 1)
                    .reshape(
                            -1,
                            widths.get(i),
                            map.getShape().get(2) / patches.get(i),
                            map.getShape().get(3) / patches.get(i)); // [N, C_i, h, w]
            NDArray pixels = ImageOperations.enlarge(grid, Resizing.NEAREST, patches.get(i)); // [N, C_i, H, W]
            carried.add(pass.through(reconstructions.get(i), pixels).add(map));
        }
        return carried;
    }

    /** All tokens side by side: {@code [N, n, C_1], [N, n, C_2], .. -> [N, n, C_1 + C_2 + ..]}. */
    static NDArray together(NDList tokens) {
        return tokens.size() == 1 ? tokens.get(0) : NDArrays.concat(tokens, 2);
    }
}
