package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A convolution, its normalisation if there is one, and an activation: y = activation(norm(conv(x))). */
final class ConvolutionUnit extends Layer {
    private final Layer convolution;
    private final Optional<Layer> norm;
    private final UnaryOperator<NDArray> activation;

    /** Names are those of the two layers; that of an absent normalisation is not used. */
    ConvolutionUnit(
            String convolutionName,
            Layer convolution,
            String normName,
            Optional<Layer> norm,
            UnaryOperator<NDArray> activation) {
        this.convolution = addChildBlock(convolutionName, convolution);
        this.norm = norm.map(layer -> addChildBlock(normName, layer));
        this.activation = activation;
    }

    /** 3 x 3 convolution with bias, batch normalisation, ReLU, dilated or not: {@code [N, in, H, W] -> [N, out, H, W]}. */
    static ConvolutionUnit batchNormalised(String convolutionName, String normName, int in, int out, int dilation) {
        return new ConvolutionUnit(
                convolutionName,
                Convolution.of(in, out, 3).dilated(dilation).build(),
                normName,
                Optional.of(new BatchNorm(out)),
                Layers::relu);
    }

    @Override
    NDArray apply(Pass pass, NDArray x) {
        NDArray y = pass.through(convolution, x);
        return activation.apply(norm.isPresent() ? pass.through(norm.get(), y) : y);
    }
}
