package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;

/** An image as a row of tokens, one for each pixel, and back; rows of the image come one after the other. */
final class Tokens {
    private Tokens() {}

    /** {@code [N, C, H, W] -> [N, H W, C]}. */
    static NDArray of(NDArray image) {
        long channels = image.getShape().get(1);
        long pixels = image.getShape().get(2) * image.getShape().get(3);
        return image.reshape(-1, channels, pixels).transpose(0, 2, 1);
    }

    /** {@code [N, H W, C] -> [N, C, H, W]}. */
    static NDArray image(NDArray tokens, long height, long width) {
        long channels = tokens.getShape().get(2);
        return tokens.transpose(0, 2, 1).reshape(-1, channels, height, width);
    }
}
