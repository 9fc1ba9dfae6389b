package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;

/**
 * Cuts a map into square patches, each one token, and adds what was learnt about its place: {@code [N, C, H, W] -> [N, H/p W/p, C]}, rows first.
 *
 * <p>Places are learnt for a square grid; for another one they are interpolated (bilinear, outlines on top of each other).
 */
final class PatchEmbedding extends Layer {
    private final int channels;
    private final int grid;
    private final double dropout;
    private final Layer patches;
    private final Parameter places;

    /**
     * @param patch side of a patch in pixels of the map
     * @param grid side of the grid that places are learnt for, in patches
     */
    PatchEmbedding(int channels, int patch, int grid, double dropout) {
        this.channels = channels;
        this.grid = grid;
        this.dropout = dropout;
        this.places = parameter(
                "position_embeddings", Parameter.Type.OTHER, Initializer.ZEROS, 1, (long) grid * grid, channels);
        this.patches = addChildBlock(
                "patch_embeddings",
                Convolution.of(channels, channels, patch).stride(patch, 0).build());
    }

    @Override
    NDArray apply(Pass pass, NDArray x) {
        NDArray tokens = pass.through(patches, x); // [N, C, h, w]
        long height = tokens.getShape().get(2);
        long width = tokens.getShape().get(3);
        NDArray row = tokens.reshape(-1, channels, height * width).transpose(0, 2, 1); // [N, h w, C]
        return Layers.dropout(pass, row.add(places(pass, x, height, width)), dropout);
    }

    private NDArray places(Pass pass, NDArray x, long height, long width) {
        NDArray learnt = pass.value(places, x); // [1, grid grid, C]
        if (height == grid && width == grid) {
            return learnt;
        }
        NDArray image = learnt.transpose(0, 2, 1).reshape(-1, channels, grid, grid);
        return ImageOperations.resize(image, Resizing.BILINEAR, height, width)
                .reshape(-1, channels, height * width)
                .transpose(0, 2, 1); // [1, h w, C]
    }
}
