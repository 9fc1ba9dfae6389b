package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * A level of a small U-Net on the way down: two convolutions, each with batch normalisation and ReLU. {@code [N, in, H, W]} to the features {@code [N, out, H,
 * W]} and the same max-pooled, {@code [N, out, H/2, W/2]}.
 */
final class U2DownBlock extends Part {
    private final Layer features;

    U2DownBlock(int in, int out) {
        this.features = addChildBlock(UNNAMED, BlockStyle.VGG.twice(in, out, out));
    }

    @Override
    NDList compute(Pass pass, NDList inputs) {
        NDArray x = pass.through(features, inputs.singletonOrThrow());
        return new NDList(x, Layers.maxPool2(x));
    }
}
