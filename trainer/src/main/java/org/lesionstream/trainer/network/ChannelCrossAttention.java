package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * Channel-wise cross attention (CCA) of UCTransNet: lets the decoder decide which channels of a skip it wants.
 *
 * <p>s = sigmoid((L_x(mean(skip)) + L_g(mean(up))) / 2), skip' = ReLU(skip s). Inputs {@code skip [N, C, H, W]} and {@code up [N, C', H, W]}, output {@code
 * [N, C, H, W]}. The paper does not halve the sum; its code does.
 *
 * <p>Source: Wang, Cao, Wang, Zaiane, "UCTransNet: Rethinking the Skip Connections in U-Net from a Channel-wise Perspective with Transformer", AAAI 2022,
 * section 3.3.
 */
final class ChannelCrossAttention extends Part {
    private final int channels;
    private final Layer ofSkip;
    private final Layer ofUp;

    ChannelCrossAttention(int skip, int up) {
        this.channels = skip;
        this.ofSkip = addChildBlock("mlp_x.1", Linear.of(skip, skip));
        this.ofUp = addChildBlock("mlp_g.1", Linear.of(up, skip));
    }

    @Override
    NDList compute(Pass pass, NDList inputs) {
        NDArray skip = inputs.get(0);
        NDArray asked = pass.through(ofSkip, means(skip)).add(pass.through(ofUp, means(inputs.get(1)))); // [N, C]
        NDArray scale = Layers.sigmoid(asked.mul(0.5)).reshape(-1, channels, 1, 1);
        return new NDList(Layers.relu(skip.mul(scale)));
    }

    /** {@code [N, C, H, W] -> [N, C]}. */
    private static NDArray means(NDArray x) {
        return Layers.globalAverage(x).reshape(-1, x.getShape().get(1));
    }
}
