package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;

/**
 * Transposed convolution with stride 2 that doubles the size exactly: {@code [N, in, H, W] -> [N, out, 2H, 2W]}, either 2 x 2 without padding or 4 x 4 with
 * padding 1; weight {@code [in, out, kernel, kernel]}.
 *
 * <p>DJL's own {@code Conv2dTranspose} lays its weight out as {@code [out, in, ..]}, which no published checkpoint does, and its PyTorch engine
 * does not implement it; {@link ImageOperations#upConvolution} has the formula.
 */
final class UpConvolution extends Layer {
    private final Parameter weight;
    private final Parameter bias; // null where there is none, as DJL wants it

    private UpConvolution(int in, int out, int kernel, boolean bias) {
        Initializer uniform = Layers.uniform(out * kernel * kernel); // PyTorch counts the outputs here
        this.weight = parameter("weight", Parameter.Type.WEIGHT, uniform, in, out, kernel, kernel);
        this.bias = bias ? parameter("bias", Parameter.Type.BIAS, uniform, out) : null;
    }

    /** Windows of 2 x 2, which do not overlap. */
    static UpConvolution by2(int in, int out, boolean bias) {
        return new UpConvolution(in, out, 2, bias);
    }

    /** Windows of 4 x 4, which overlap by half. */
    static UpConvolution by4(int in, int out, boolean bias) {
        return new UpConvolution(in, out, 4, bias);
    }

    @Override
    NDArray apply(Pass pass, NDArray x) {
        return ImageOperations.upConvolution(x, pass.value(weight, x), pass.value(bias, x));
    }
}
