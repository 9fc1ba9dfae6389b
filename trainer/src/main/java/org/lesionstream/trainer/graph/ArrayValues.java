package org.lesionstream.trainer.graph;

import ai.djl.ndarray.NDArray;

/** From arrays of the engine to plain values. */
public final class ArrayValues {

    private ArrayValues() {}

    /** A copy of an array of floats, which outlives it. */
    public static FloatTensor of(NDArray array) {
        return new FloatTensor(array.getShape().getShape().clone(), array.toFloatArray());
    }
}
