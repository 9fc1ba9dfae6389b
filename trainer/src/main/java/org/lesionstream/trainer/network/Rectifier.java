package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;

/** ReLU as a layer by itself: {@code max(x, 0)}. */
final class Rectifier extends Layer {
    @Override
    NDArray apply(Pass pass, NDArray x) {
        return Layers.relu(x);
    }
}
