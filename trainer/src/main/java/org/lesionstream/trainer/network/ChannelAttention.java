package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;

/**
 * Channel attention of CBAM: f sigmoid(M(mean f) + M(max f)), mean and maximum over the image, M a perceptron of two layers without biases that narrows to a
 * sixteenth of the channels: {@code [N, C, H, W] -> [N, C, H, W]}.
 *
 * <p>Source: Woo, Park, Lee, Kweon, "CBAM: Convolutional Block Attention Module", ECCV 2018, equation 2.
 */
final class ChannelAttention extends Layer {
    private static final int NARROWING = 16;

    private final Layer narrow;
    private final Layer widen;

    ChannelAttention(int channels) {
        int hidden = Math.max(1, channels / NARROWING);
        this.narrow = addChildBlock(
                "fc1", Convolution.of(channels, hidden, 1).bias(false).build());
        this.widen = addChildBlock(
                "fc2", Convolution.of(hidden, channels, 1).bias(false).build());
    }

    @Override
    NDArray apply(Pass pass, NDArray f) {
        NDArray wanted = asked(pass, Layers.globalAverage(f)).add(asked(pass, Layers.globalMaximum(f)));
        return f.mul(Layers.sigmoid(wanted)); // [N, C, H, W] times [N, C, 1, 1]
    }

    private NDArray asked(Pass pass, NDArray x) {
        return pass.through(widen, Layers.relu(pass.through(narrow, x)));
    }
}
