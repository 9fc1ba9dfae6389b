package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** One step down the contracting path: halve the size, then convolve twice. {@code [N, in, H, W] -> [N, out, H/2, W/2]}. */
final class DownStep extends Part {
    private final DoubleConvolution convolution;

    DownStep(int in, int out) {
        this.convolution = addChildBlock("maxpool_conv.1", DoubleConvolution.plain(in, out, out));
    }

    @Override
    NDList compute(Pass pass, NDList inputs) {
        return new NDList(pass.through(convolution, Layers.maxPool2(inputs.singletonOrThrow())));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
        convolution.initialize(manager, type, halved(inputShapes[0]));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return convolution.getOutputShapes(new Shape[] {halved(inputShapes[0])});
    }

    private static Shape halved(Shape x) {
        return new Shape(x.get(0), x.get(1), x.get(2) / 2, x.get(3) / 2);
    }
}
