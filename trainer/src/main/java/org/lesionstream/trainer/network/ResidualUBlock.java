package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;

/**
 * Residual U-block (RSU) of U2-Net: a U-Net of L levels whose result is added to its first map. {@code [N, in, H, W] -> [N, out, H, W]}, any size.
 *
 * <p>With R a 3 x 3 convolution, batch normalisation and ReLU:
 *
 * <pre>
 *   h_in = R(x)    h_1 = R(h_in)    h_k = R(pool h_{k-1}), k = 2 .. L-1    h_L = R(h_{L-1}), dilated by 2
 *   d_{L-1} = R([h_L, h_{L-1}])     d_k = R([up d_{k+1}, h_k])             y = d_1 + h_in
 * </pre>
 *
 * <p>The block RSU-4F neither pools nor resizes; its levels are dilated by 1, 2, 4, 8 instead.
 *
 * <p>Source: Qin et al., "U2-Net: Going Deeper with Nested U-Structure for Salient Object Detection", Pattern Recognition 2020, section 3.1.
 */
final class ResidualUBlock extends Layer {
    private final boolean flat;
    private final Layer first;
    private final List<Layer> downs = new ArrayList<>(); // h_1 to h_L
    private final List<Layer> ups = new ArrayList<>(); // d_1 to d_(L-1)

    private ResidualUBlock(int levels, boolean flat, int in, int middle, int out) {
        this.flat = flat;
        this.first = addChildBlock("rebnconvin", unit(in, out, 1));
        for (int k = 1; k <= levels; k++) {
            int dilation = flat ? 1 << (k - 1) : k == levels ? 2 : 1;
            downs.add(addChildBlock("rebnconv" + k, unit(k == 1 ? out : middle, middle, dilation)));
        }
        for (int k = 1; k < levels; k++) {
            int dilation = flat ? 1 << (k - 1) : 1;
            ups.add(addChildBlock("rebnconv" + k + "d", unit(2 * middle, k == 1 ? out : middle, dilation)));
        }
    }

    /** RSU-L, which pools between its levels. */
    static ResidualUBlock ofLevels(int levels, int in, int middle, int out) {
        return new ResidualUBlock(levels, false, in, middle, out);
    }

    /** RSU-4F, which dilates instead. */
    static ResidualUBlock dilated(int in, int middle, int out) {
        return new ResidualUBlock(4, true, in, middle, out);
    }

    private static Layer unit(int in, int out, int dilation) {
        return ConvolutionUnit.batchNormalised("conv_s1", "bn_s1", in, out, dilation);
    }

    @Override
    NDArray apply(Pass pass, NDArray x) {
        NDArray entered = pass.through(first, x); // [N, out, H, W]
        int levels = downs.size();
        List<NDArray> h = new ArrayList<>();
        NDArray y = entered;
        for (int k = 1; k <= levels; k++) {
            boolean pooled = !flat && k > 1 && k < levels;
            y = pass.through(downs.get(k - 1), pooled ? Layers.maxPool2Ceil(y) : y); // [N, middle, H / 2^k, W / 2^k]
            h.add(y);
        }
        for (int k = levels - 1; k >= 1; k--) {
            NDArray skip = h.get(k - 1);
            NDArray deep = ImageOperations.resize(
                    y,
                    Resizing.BILINEAR,
                    skip.getShape().get(2),
                    skip.getShape().get(3));
            y = pass.through(ups.get(k - 1), NDArrays.concat(new NDList(deep, skip), 1));
        }
        return y.add(entered);
    }
}
