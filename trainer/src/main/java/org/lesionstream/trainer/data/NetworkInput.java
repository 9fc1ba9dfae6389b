package org.lesionstream.trainer.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/** Tile bytes as a network sees them, with the very arithmetic of the exported graph, so that training and serving feed equal numbers. */
public final class NetworkInput {

    private static final float HIGHEST = 255;

    private NetworkInput() {}

    /**
     * Spreads the bytes over 0..1. Networks begin with a normalised convolution, so means and deviations of a data set would gain them nothing.
     *
     * @param bytes {@code [N, H, W, C]} uint8
     * @return {@code [N, C, H, W]} float on the same manager; a permutation, hence channels_last in memory, which convolutions on a CPU run fastest on
     */
    public static NDArray of(NDArray bytes) {
        return bytes.toType(DataType.FLOAT32, false).div(HIGHEST).transpose(0, 3, 1, 2);
    }
}
