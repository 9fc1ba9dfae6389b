package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;

/**
 * Convolution (as the field uses the word: cross-correlation) with a square kernel: {@code [N, in, H, W] -> [N, out, H', W']} with H' = (H + 2 padding -
 * dilation (kernel - 1) - 1) / stride + 1, rounded down.
 *
 * <p>Built by naming what differs: {@code Convolution.of(in, out, 3).dilated(2).withoutBias()}. The weight is {@code [out, in / groups, kernel, kernel]}.
 * Drawn as PyTorch does unless told otherwise: uniform in ±1/sqrt(in / groups * kernel^2), the bias likewise.
 */
final class Convolution extends Layer {
    private final Settings settings;
    private final Parameter weight;
    private final Parameter bias; // null where there is none, as DJL wants it

    private record Settings(
            int in, int out, int kernel, int stride, int padding, int dilation, int groups, boolean bias) {}

    /** What a convolution is made of, until it is built. */
    record Plan(Settings settings, Initializer weights) {
        Convolution build() {
            return new Convolution(settings, weights);
        }

        Plan stride(int stride, int padding) {
            Settings s = settings;
            return new Plan(
                    new Settings(s.in, s.out, s.kernel, stride, padding, s.dilation, s.groups, s.bias), weights);
        }

        /** Dilated, padded so that the size stays. */
        Plan dilated(int dilation) {
            Settings s = settings;
            int padding = dilation * (s.kernel / 2);
            return new Plan(
                    new Settings(s.in, s.out, s.kernel, s.stride, padding, dilation, s.groups, s.bias), weights);
        }

        /** Each channel by itself. */
        Plan depthwise() {
            Settings s = settings;
            Settings each = new Settings(s.in, s.out, s.kernel, s.stride, s.padding, s.dilation, s.in, s.bias);
            return new Plan(each, Layers.uniform(s.kernel * s.kernel));
        }

        Plan bias(boolean bias) {
            Settings s = settings;
            return new Plan(
                    new Settings(s.in, s.out, s.kernel, s.stride, s.padding, s.dilation, s.groups, bias), weights);
        }

        Plan drawnBy(Initializer initializer) {
            return new Plan(settings, initializer);
        }
    }

    /** With bias, stride 1, and padded so that an odd kernel keeps the size. */
    static Plan of(int in, int out, int kernel) {
        return new Plan(new Settings(in, out, kernel, 1, kernel / 2, 1, 1, true), Layers.uniform(in * kernel * kernel));
    }

    private Convolution(Settings s, Initializer weights) {
        this.settings = s;
        int perGroup = s.in / s.groups;
        this.weight = parameter("weight", Parameter.Type.WEIGHT, weights, s.out, perGroup, s.kernel, s.kernel);
        Initializer biases = Layers.biasBeside(weights, perGroup * s.kernel * s.kernel);
        this.bias = s.bias ? parameter("bias", Parameter.Type.BIAS, biases, s.out) : null;
    }

    @Override
    NDArray apply(Pass pass, NDArray x) {
        return x.getNDArrayInternal()
                .convolution(
                        x,
                        pass.value(weight, x),
                        pass.value(bias, x),
                        new Shape(settings.stride, settings.stride),
                        new Shape(settings.padding, settings.padding),
                        new Shape(settings.dilation, settings.dilation),
                        settings.groups)
                .singletonOrThrow();
    }
}
