package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;

/**
 * Spatial attention of CBAM: f sigmoid(conv7x7([mean f, max f])), mean and maximum over the channels: {@code [N, C, H, W] -> [N, C, H, W]}.
 *
 * <p>Source: Woo, Park, Lee, Kweon, "CBAM: Convolutional Block Attention Module", ECCV 2018, equation 3.
 */
final class SpatialAttention extends Layer {
    private static final int[] CHANNELS = {1};

    private final Layer convolution;

    SpatialAttention() {
        this.convolution =
                addChildBlock("conv1", Convolution.of(2, 1, 7).bias(false).build());
    }

    @Override
    NDArray apply(Pass pass, NDArray f) {
        NDArray both = NDArrays.concat(new NDList(f.mean(CHANNELS, true), f.max(CHANNELS, true)), 1); // [N, 2, H, W]
        return f.mul(Layers.sigmoid(pass.through(convolution, both)));
    }
}
