package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;

/**
 * One step up the expanding path: double the size, put the map of the contracting path beside it, convolve twice.
 *
 * <p>Inputs {@code deep [N, in, H, W]} and {@code skip [N, s, H', W']} with H' = 2H or 2H + 1 (an odd row was dropped on the way down); output {@code [N,
 * out, H', W']}. The doubled map is padded with zeros to the size of the skip: half of what is missing above and left, the rest below and right.
 */
final class UpStep extends Part {
    private final Optional<UpConvolution> up;
    private final DoubleConvolution convolution;

    private UpStep(Optional<UpConvolution> up, DoubleConvolution convolution) {
        this.up = up.map(block -> addChildBlock("up", block));
        this.convolution = addChildBlock("conv", convolution);
    }

    /** Doubles by a transposed convolution, which halves the channels: in = 2 out = 2 s. */
    static UpStep convolving(int in, int out) {
        return new UpStep(Optional.of(new UpConvolution(in, in / 2)), DoubleConvolution.plain(in, out, out));
    }

    /** Doubles by bilinear interpolation with aligned corners, which keeps the channels: deep and skip have in / 2 each. */
    static UpStep bilinear(int in, int out) {
        return new UpStep(Optional.empty(), DoubleConvolution.plain(in, in / 2, out));
    }

    @Override
    NDList compute(Pass pass, NDList inputs) {
        NDArray deep = inputs.get(0); // [N, in, H, W]
        NDArray skip = inputs.get(1); // [N, s, H', W']
        long height = 2 * deep.getShape().get(2);
        long width = 2 * deep.getShape().get(3);
        NDArray doubled = up.isPresent() ? pass.through(up.get(), deep) : ImageOperations.bilinear(deep, height, width);
        NDArray fitted = padTo(skip.getShape(), doubled); // [N, ., H', W']
        NDArray both = NDArrays.concat(new NDList(skip, fitted), 1);
        return new NDList(pass.through(convolution, both)); // [N, out, H', W']
    }

    private static NDArray padTo(Shape target, NDArray x) {
        long rows = target.get(2) - x.getShape().get(2);
        long columns = target.get(3) - x.getShape().get(3);
        return ImageOperations.pad(x, rows / 2, rows - rows / 2, columns / 2, columns - columns / 2);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
        Shape deep = inputShapes[0];
        Shape skip = inputShapes[1];
        long channels = deep.get(1);
        if (up.isPresent()) {
            channels = initialized(up.get(), manager, type, deep).get(1);
        }
        convolution.initialize(manager, type, new Shape(skip.get(0), skip.get(1) + channels, skip.get(2), skip.get(3)));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return convolution.getOutputShapes(new Shape[] {inputShapes[1]});
    }
}
