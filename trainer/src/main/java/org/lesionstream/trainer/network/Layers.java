package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.initializer.UniformInitializer;

/** What the networks share beside layers with weights: activations, pooling, dropout, and how weights are drawn. */
final class Layers {
    private static final Shape TWO = new Shape(2, 2);
    private static final float LEAK = 0.01f;

    private Layers() {}

    /** {@code max(x, 0)}. */
    static NDArray relu(NDArray x) {
        return Activation.relu(x);
    }

    /** {@code x} where it is positive, a hundredth of it elsewhere. */
    static NDArray leakyRelu(NDArray x) {
        return x.getNDArrayInternal().leakyRelu(LEAK);
    }

    /** x Phi(x) with the normal distribution function itself, not its approximation by tanh. */
    static NDArray gelu(NDArray x) {
        return x.getNDArrayInternal().gelu();
    }

    /** {@code 1 / (1 + exp(-x))}. */
    static NDArray sigmoid(NDArray x) {
        return x.getNDArrayInternal().sigmoid();
    }

    /** Largest of each 2 x 2 window, an odd last row or column dropped: {@code [N, C, H, W] -> [N, C, H/2, W/2]}. */
    static NDArray maxPool2(NDArray x) {
        return x.getNDArrayInternal().maxPool(TWO, TWO, new Shape(0, 0), false);
    }

    /** Largest of each 2 x 2 window, windows clipped at the border: {@code [N, C, H, W] -> [N, C, (H+1)/2, (W+1)/2]}. */
    static NDArray maxPool2Ceil(NDArray x) {
        return x.getNDArrayInternal().maxPool(TWO, TWO, new Shape(0, 0), true);
    }

    /** {@code [N, C, H, W] -> [N, C, 1, 1]}; one axis after the other, which is all that the engine's bridge can do. */
    static NDArray globalAverage(NDArray x) {
        return x.mean(new int[] {3}, true).mean(new int[] {2}, true);
    }

    /** {@code [N, C, H, W] -> [N, C, 1, 1]}. */
    static NDArray globalMaximum(NDArray x) {
        return x.max(new int[] {3}, true).max(new int[] {2}, true);
    }

    /** In training a share of the numbers becomes zero and the others are scaled to make up for it; otherwise nothing changes. */
    static NDArray dropout(Part.Pass pass, NDArray x, double share) {
        return pass.training() && share > 0
                ? x.getNDArrayInternal().dropout(x, (float) share, true).singletonOrThrow()
                : x;
    }

    /**
     * Stochastic depth (Huang et al. 2016): in training the branch of an image is left out with some probability, and scaled to make up for it otherwise.
     *
     * @param branch {@code [N, n, C]}
     */
    static NDArray dropBranch(Part.Pass pass, NDArray branch, double probability) {
        if (!pass.training() || probability == 0) {
            return branch;
        }
        if (branch instanceof ImageOperations.Recorded recorded) {
            return recorded.dropBranch((float) probability);
        }
        NDManager manager = branch.getManager();
        Shape perImage = new Shape(branch.getShape().get(0), 1, 1);
        NDArray kept = manager.randomUniform(0, 1, perImage)
                .gte((float) probability)
                .toType(branch.getDataType(), false)
                .div(1 - probability);
        return branch.mul(kept.toType(branch.getDataType(), false));
    }

    /** Uniform in ±1/sqrt(fanIn). */
    static Initializer uniform(int fanIn) {
        return new UniformInitializer((float) (1 / Math.sqrt(fanIn)));
    }

    /** Normal with standard deviation sqrt(2 / count) (He et al. 2015); biases beside such weights start at zero. */
    static Initializer normal(double count) {
        return new NormalInitializer((float) Math.sqrt(2 / count));
    }

    /** How biases start beside weights drawn in some way: zero, unless the weights are uniform. */
    static Initializer biasBeside(Initializer weights, int fanIn) {
        return weights instanceof UniformInitializer ? uniform(fanIn) : Initializer.ZEROS;
    }
}
