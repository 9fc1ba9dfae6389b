package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.UniformInitializer;

/**
 * The layers that the networks share, with PyTorch's defaults: weights and biases of a convolution uniform in ±1/sqrt(fan-in), where the fan-in is input
 * channels times kernel area; batch normalisation with epsilon 1e-5, whose running statistics move by a tenth of each batch.
 */
final class Layers {
    private static final Shape TWO = new Shape(2, 2);

    private Layers() {}

    /** 3 x 3 convolution that keeps the size: {@code [N, in, H, W] -> [N, out, H, W]}. */
    static Block convolution3x3(int in, int out, boolean bias) {
        Block layer = Conv2d.builder()
                .setKernelShape(new Shape(3, 3))
                .optPadding(new Shape(1, 1))
                .setFilters(out)
                .optBias(bias)
                .build();
        return initializedBy(uniform(in * 9), layer);
    }

    /** 1 x 1 convolution to the logits: {@code [N, in, H, W] -> [N, classes, H, W]}. */
    static Block outputHead(int in, int classes) {
        Block layer = Conv2d.builder()
                .setKernelShape(new Shape(1, 1))
                .setFilters(classes)
                .build();
        return initializedBy(uniform(in), layer);
    }

    /** Batch normalisation over the channels, with scale and offset. */
    static Block batchNorm() {
        return BatchNorm.builder().optEpsilon(1e-5f).optMomentum(0.9f).build();
    }

    /** {@code max(x, 0)}. */
    static NDArray relu(NDArray x) {
        return Activation.relu(x);
    }

    /** Largest of each 2 x 2 window, an odd last row or column dropped: {@code [N, C, H, W] -> [N, C, H/2, W/2]}. */
    static NDArray maxPool2(NDArray x) {
        return x.getNDArrayInternal().maxPool(TWO, TWO, new Shape(0, 0), false);
    }

    /** Uniform in ±1/sqrt(fanIn). */
    static Initializer uniform(int fanIn) {
        return new UniformInitializer((float) (1 / Math.sqrt(fanIn)));
    }

    private static Block initializedBy(Initializer initializer, Block layer) {
        layer.setInitializer(initializer, parameter -> true);
        return layer;
    }
}
