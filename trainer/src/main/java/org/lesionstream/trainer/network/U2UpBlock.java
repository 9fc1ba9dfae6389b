package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;

/**
 * A level of a small U-Net on the way up: an up-convolution, the features of the way down beside it, two convolutions. Inputs {@code [N, 2 out, H, W]} and
 * {@code [N, out, 2H, 2W]}, output {@code [N, out, 2H, 2W]}.
 */
final class U2UpBlock extends Part {
    private final Layer up;
    private final Layer convolutions;

    U2UpBlock(int out) {
        this.up = addChildBlock("up", UpConvolution.by2(2 * out, out, true));
        this.convolutions = addChildBlock(UNNAMED, BlockStyle.VGG.twice(2 * out, out, out));
    }

    @Override
    NDList compute(Pass pass, NDList inputs) {
        NDArray up = pass.through(this.up, inputs.get(0)); // [N, out, 2H, 2W]
        NDArray both = NDArrays.concat(new NDList(up, inputs.get(1)), 1); // [N, 2 out, 2H, 2W]
        return new NDList(pass.through(convolutions, both));
    }
}
