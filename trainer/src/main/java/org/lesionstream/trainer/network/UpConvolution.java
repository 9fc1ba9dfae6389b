package org.lesionstream.trainer.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;

/**
 * Transposed 2 x 2 convolution with stride 2, which doubles the size exactly: {@code [N, in, H, W] -> [N, out, 2H, 2W]}.
 *
 * <p>DJL's own {@code Conv2dTranspose} lays its weight out as {@code [out, in, 2, 2]}, which no published checkpoint does, and its PyTorch engine
 * does not implement it; {@link ImageOperations#upConvolution} has the formula.
 */
final class UpConvolution extends Part {
    private final int out;
    private final Parameter weight;
    private final Parameter bias;

    UpConvolution(int in, int out) {
        this.out = out;
        Initializer uniform = Layers.uniform(out * 4); // PyTorch counts the output channels of a transposed convolution
        this.weight = addParameter(Parameter.builder()
                .setName("weight")
                .setType(Parameter.Type.WEIGHT)
                .optShape(new Shape(in, out, 2, 2))
                .optInitializer(uniform)
                .build());
        this.bias = addParameter(Parameter.builder()
                .setName("bias")
                .setType(Parameter.Type.BIAS)
                .optShape(new Shape(out))
                .optInitializer(uniform)
                .build());
    }

    @Override
    NDList compute(Pass pass, NDList inputs) {
        NDArray x = inputs.singletonOrThrow();
        Device device = x.getDevice();
        NDArray w = pass.weights().getValue(weight, device, pass.training());
        NDArray b = pass.weights().getValue(bias, device, pass.training());
        return new NDList(ImageOperations.upConvolution(x, w, b)); // [N, out, 2H, 2W]
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {}

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape x = inputShapes[0];
        return new Shape[] {new Shape(x.get(0), out, 2 * x.get(2), 2 * x.get(3))};
    }
}
