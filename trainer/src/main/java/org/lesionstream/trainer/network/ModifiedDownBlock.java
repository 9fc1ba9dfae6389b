package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;

/**
 * Two paths, one of plain and one of dilated convolutions, side by side: {@code [N, in, H, W] -> [N, out, H, W]}, half of the channels from each path. The
 * size has been halved before.
 */
final class ModifiedDownBlock extends Layer {
    private static final int DILATION = 2;

    private final Layer plain;
    private final Layer dilated;

    ModifiedDownBlock(int in, int out) {
        this.plain = addChildBlock("conv_path", path(in, out / 2, 1));
        this.dilated = addChildBlock("dilated_path", path(in, out - out / 2, DILATION));
    }

    private static Layer path(int in, int out, int dilation) {
        return Chain.of(
                "0",
                ConvolutionUnit.batchNormalised("conv", "norm", in, out, dilation),
                "1",
                ConvolutionUnit.batchNormalised("conv", "norm", out, out, dilation));
    }

    @Override
    NDArray apply(Pass pass, NDArray x) {
        return NDArrays.concat(new NDList(pass.through(plain, x), pass.through(dilated, x)), 1);
    }
}
