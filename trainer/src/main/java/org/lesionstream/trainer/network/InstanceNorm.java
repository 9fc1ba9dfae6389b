package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;

/**
 * Normalisation of each channel of each image by its own mean and biased variance, with scale and offset: {@code [N, C, H, W] -> [N, C, H, W]}; epsilon 1e-5
 * (Ulyanov et al. 2016). Training and inference are the same, and every pixel depends on the whole image.
 */
final class InstanceNorm extends Layer {
    private final Parameter scale;
    private final Parameter offset;

    InstanceNorm(int channels) {
        this.scale = parameter("gamma", Parameter.Type.GAMMA, Initializer.ONES, channels);
        this.offset = parameter("beta", Parameter.Type.BETA, Initializer.ZEROS, channels);
    }

    @Override
    NDArray apply(Pass pass, NDArray x) {
        return ImageOperations.instanceNorm(x, pass.value(scale, x), pass.value(offset, x));
    }
}
