package org.lesionstream.trainer.network;

import static org.lesionstream.trainer.network.Layers.relu;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;

/**
 * Twice a 3 x 3 convolution, batch normalisation and ReLU: {@code [N, in, H, W] -> [N, out, H, W]}.
 *
 * <p>y = ReLU(BN(conv(ReLU(BN(conv(x))))))
 */
final class DoubleConvolution extends Part {
    private final int out;
    private final Block conv1;
    private final Block bn1;
    private final Block conv2;
    private final Block bn2;

    private DoubleConvolution(int in, int middle, int out, boolean bias, String... names) {
        this.out = out;
        this.conv1 = addChildBlock(names[0], Layers.convolution3x3(in, middle, bias));
        this.bn1 = addChildBlock(names[1], Layers.batchNorm());
        this.conv2 = addChildBlock(names[2], Layers.convolution3x3(middle, out, bias));
        this.bn2 = addChildBlock(names[3], Layers.batchNorm());
    }

    /** As in the plain U-Net: no biases, since the normalisation that follows would cancel them. */
    static DoubleConvolution plain(int in, int middle, int out) {
        return new DoubleConvolution(
                in, middle, out, false, "double_conv.0", "double_conv.1", "double_conv.3", "double_conv.4");
    }

    /** As in VGG networks: with biases. */
    static DoubleConvolution vgg(int in, int out) {
        return new DoubleConvolution(in, out, out, true, "conv1", "bn1", "conv2", "bn2");
    }

    @Override
    NDList compute(Pass pass, NDList inputs) {
        NDArray x = inputs.singletonOrThrow(); // [N, in, H, W]
        x = relu(pass.through(bn1, pass.through(conv1, x))); // [N, middle, H, W]
        x = relu(pass.through(bn2, pass.through(conv2, x))); // [N, out, H, W]
        return new NDList(x);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
        Shape shape = inputShapes[0];
        for (Block layer : getChildren().values()) {
            shape = initialized(layer, manager, type, shape);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape x = inputShapes[0];
        return new Shape[] {new Shape(x.get(0), out, x.get(2), x.get(3))};
    }
}
