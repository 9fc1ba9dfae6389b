package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How a network builds its blocks of two 3 x 3 convolutions, y = a(norm(conv(a(norm(conv(x)))))): {@code [N, in, H, W] -> [N, out, H, W]}, or 4 rows and
 * columns less where convolutions are not padded.
 *
 * @param norm normalisation after each convolution
 * @param bias whether convolutions have biases
 * @param leaky leaky ReLU with slope 0.01 in place of ReLU
 * @param padded whether convolutions keep the size
 * @param he weights drawn from a normal distribution (He et al. 2015) in place of PyTorch's uniform one
 * @param names of the first convolution and its normalisation, then of the second
 */
record BlockStyle(Norm norm, boolean bias, boolean leaky, boolean padded, boolean he, List<String> names) {

    /** Normalisations of a block. */
    enum Norm {
        NONE,
        BATCH,
        INSTANCE;

        Optional<Layer> over(int channels) {
            return switch (this) {
                case NONE -> Optional.empty();
                case BATCH -> Optional.of(new BatchNorm(channels));
                case INSTANCE -> Optional.of(new InstanceNorm(channels));
            };
        }
    }

    /** No biases, which the normalisation would cancel: the plain U-Net. */
    static final BlockStyle PLAIN =
            batchNormalised(false, "double_conv.0", "double_conv.1", "double_conv.3", "double_conv.4");

    /** With biases, as in VGG networks. */
    static final BlockStyle VGG = batchNormalised(true, "conv1", "bn1", "conv2", "bn2");

    /** With biases, named as the layers of a PyTorch sequence. */
    static final BlockStyle SEQUENTIAL =
            batchNormalised(true, "Conv_forward.0", "Conv_forward.1", "Conv_forward.3", "Conv_forward.4");

    /** The blocks of UCTransNet. */
    static final BlockStyle NUMBERED =
            batchNormalised(true, "nConvs.0.conv", "nConvs.0.norm", "nConvs.1.conv", "nConvs.1.norm");

    static BlockStyle batchNormalised(boolean bias, String... names) {
        return new BlockStyle(Norm.BATCH, bias, false, true, false, List.of(names));
    }

    /** Convolutions and ReLU alone. */
    static BlockStyle unnormalised(boolean padded) {
        return new BlockStyle(Norm.NONE, true, false, padded, true, List.of("conv1", "none", "conv2", "none"));
    }

    /** Instance normalisation and leaky ReLU, as nnU-Net has it. */
    static BlockStyle nnUNet(String... names) {
        return new BlockStyle(Norm.INSTANCE, true, true, true, true, List.of(names));
    }

    BlockStyle with(Norm other, boolean convolutionsPadded) {
        return new BlockStyle(other, bias || other == Norm.NONE, leaky, convolutionsPadded, he, names);
    }

    /** The block. */
    Layer twice(int in, int middle, int out) {
        return twice(in, middle, out, 1);
    }

    /** The block, whose first convolution has a stride. */
    Layer twice(int in, int middle, int out, int stride) {
        return Chain.of(
                Part.UNNAMED,
                unit(names.get(0), names.get(1), in, middle, stride),
                Part.UNNAMED,
                unit(names.get(2), names.get(3), middle, out, 1));
    }

    private Layer unit(String convolution, String normName, int in, int out, int stride) {
        Convolution.Plan plan = Convolution.of(in, out, 3).bias(bias).stride(stride, padded ? 1 : 0);
        UnaryOperator<NDArray> activation = leaky ? Layers::leakyRelu : Layers::relu;
        return new ConvolutionUnit(
                convolution,
                (he ? plan.drawnBy(Layers.normal(9.0 * in)) : plan).build(),
                normName,
                norm.over(out),
                activation);
    }
}
