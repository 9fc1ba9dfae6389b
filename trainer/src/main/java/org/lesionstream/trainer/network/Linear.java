package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;

/** y = x W^T + b over the last axis: {@code [.., in] -> [.., out]}, weight {@code [out, in]}. */
final class Linear extends Layer {
    private final Parameter weight;
    private final Parameter bias; // null where there is none, as DJL wants it

    private Linear(int in, int out, Initializer weights, Initializer biases) {
        this.weight = parameter("weight", Parameter.Type.WEIGHT, weights, out, in);
        this.bias = biases == null ? null : parameter("bias", Parameter.Type.BIAS, biases, out);
    }

    /** Drawn as PyTorch does: weight and bias uniform in ±1/sqrt(in). */
    static Linear of(int in, int out) {
        return new Linear(in, out, Layers.uniform(in), Layers.uniform(in));
    }

    static Linear withoutBias(int in, int out) {
        return new Linear(in, out, Layers.uniform(in), null);
    }

    static Linear drawnBy(int in, int out, Initializer weights, Initializer biases) {
        return new Linear(in, out, weights, biases);
    }

    @Override
    NDArray apply(Pass pass, NDArray x) {
        return x.getNDArrayInternal()
                .linear(x, pass.value(weight, x), pass.value(bias, x))
                .singletonOrThrow();
    }
}
