package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;

/**
 * Batch normalisation over the channels, with scale and offset: {@code [N, C, H, W] -> [N, C, H, W]}; epsilon 1e-5.
 *
 * <p>In training by the mean and biased variance of the batch, while the running statistics move by a tenth of its mean and unbiased variance; otherwise by
 * the running statistics (Ioffe and Szegedy 2015, in PyTorch's form).
 */
final class BatchNorm extends Layer {
    private static final int CHANNEL_AXIS = 1;
    private static final float KEPT = 0.9f;
    private static final float EPSILON = 1e-5f;

    private final Parameter scale;
    private final Parameter offset;
    private final Parameter mean;
    private final Parameter variance;

    BatchNorm(int channels) {
        this.scale = parameter("gamma", Parameter.Type.GAMMA, Initializer.ONES, channels);
        this.offset = parameter("beta", Parameter.Type.BETA, Initializer.ZEROS, channels);
        this.mean = statistic("runningMean", Parameter.Type.RUNNING_MEAN, Initializer.ZEROS, channels);
        this.variance = statistic("runningVar", Parameter.Type.RUNNING_VAR, Initializer.ONES, channels);
    }

    private Parameter statistic(String name, Parameter.Type type, Initializer initializer, int channels) {
        return addParameter(Parameter.builder()
                .setName(name)
                .setType(type)
                .optRequiresGrad(false)
                .optShape(new ai.djl.ndarray.types.Shape(channels))
                .optInitializer(initializer)
                .build());
    }

    @Override
    NDArray apply(Pass pass, NDArray x) {
        return x.getNDArrayInternal()
                .batchNorm(
                        x,
                        pass.value(mean, x),
                        pass.value(variance, x),
                        pass.value(scale, x),
                        pass.value(offset, x),
                        CHANNEL_AXIS,
                        KEPT,
                        EPSILON,
                        pass.training())
                .singletonOrThrow();
    }
}
