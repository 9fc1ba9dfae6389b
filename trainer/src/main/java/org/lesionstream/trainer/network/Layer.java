package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** A part with one input and one output. */
abstract class Layer extends Part {
    abstract NDArray apply(Pass pass, NDArray x);

    @Override
    final NDList compute(Pass pass, NDList inputs) {
        return new NDList(apply(pass, inputs.singletonOrThrow()));
    }
}
