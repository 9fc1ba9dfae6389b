package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;

/** Normalisation over the last axis by mean and biased variance, with scale and offset: {@code [.., C] -> [.., C]} (Ba, Kiros, Hinton 2016). */
final class LayerNorm extends Layer {
    private final Shape last;
    private final float epsilon;
    private final Parameter scale;
    private final Parameter offset;

    /**
     * @param epsilon added to the variance; published networks differ in it, and results show it in the fifth digit
     */
    LayerNorm(int channels, float epsilon) {
        this.last = new Shape(channels);
        this.epsilon = epsilon;
        this.scale = parameter("gamma", Parameter.Type.GAMMA, Initializer.ONES, channels);
        this.offset = parameter("beta", Parameter.Type.BETA, Initializer.ZEROS, channels);
    }

    @Override
    NDArray apply(Pass pass, NDArray x) {
        return x.getNDArrayInternal()
                .layerNorm(x, last, pass.value(scale, x), pass.value(offset, x), epsilon)
                .singletonOrThrow();
    }
}
