package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Semantics and detail infusion (SDI) of U-Net v2, as skip connections: every level learns from the semantics of the deeper ones and the detail of the finer
 * ones. Maps {@code [N, C_i, H_i, W_i]} to {@code [N, c, H_i, W_i]}.
 *
 * <pre>
 *   t_i = BN( conv1x1( spatial attention( channel attention( f_i ))))            C_i -> c channels
 *   s_i = product over j of conv3x3_ij( t_j resized to the size of t_i )         finer maps by averaging, deeper ones bilinearly, aligned corners
 * </pre>
 *
 * <p>Source: Peng, Sonka, Chen, "U-Net v2: Rethinking the Skip Connections of U-Net for Medical Image Segmentation", 2023, equations 1 to 4. The published
 * code asks for square images; here height and width are resized apart.
 */
final class SemanticsDetailInfusion extends Skips {
    private final List<Integer> widths;
    private final List<Layer> reductions = new ArrayList<>();
    private final List<List<Layer>> smoothings = new ArrayList<>(); // of level i, for the map of level j

    /**
     * @param levels which levels have a skip, counted from 1, the finest
     * @param in channels of their maps
     * @param width channels c of what comes out
     * @param attention whether maps go through channel and spatial attention first
     */
    SemanticsDetailInfusion(List<Integer> levels, List<Integer> in, int width, boolean attention) {
        this.widths = Collections.nCopies(levels.size(), width);
        for (int i = 0; i < levels.size(); i++) {
            reductions.add(addChildBlock(UNNAMED, reduction(levels.get(i), in.get(i), width, attention)));
        }
        for (int level : levels) {
            List<Layer> ofLevel = new ArrayList<>();
            for (int j = 0; j < levels.size(); j++) {
                String name = "sdi_" + level + ".convs." + j;
                ofLevel.add(addChildBlock(name, Convolution.of(width, width, 3).build()));
            }
            smoothings.add(ofLevel);
        }
    }

    /** {@code [N, in, H, W] -> [N, width, H, W]}: t_i. */
    static Layer reduction(int level, int in, int width, boolean attention) {
        Chain chain = new Chain();
        if (attention) {
            chain.then("ca_" + level, new ChannelAttention(in)).then("sa_" + level, new SpatialAttention());
        }
        return chain.then(
                "Translayer_" + level,
                new ConvolutionUnit(
                        "conv",
                        Convolution.of(in, width, 1).bias(false).build(),
                        "bn",
                        Optional.of(new BatchNorm(width)),
                        x -> x)); // the published class owns a ReLU and never applies it
    }

    @Override
    List<Integer> widths() {
        return widths;
    }

    @Override
    NDList compute(Pass pass, NDList maps) {
        NDList reduced = new NDList();
        for (int i = 0; i < maps.size(); i++) {
            reduced.add(pass.through(reductions.get(i), maps.get(i))); // [N, c, H_i, W_i]
        }
        NDList infused = new NDList();
        for (int i = 0; i < maps.size(); i++) {
            NDArray product = null;
            for (int j = 0; j < maps.size(); j++) {
                NDArray fitted = fitted(reduced.get(j), reduced.get(i)); // [N, c, H_i, W_i]
                NDArray smooth = pass.through(smoothings.get(i).get(j), fitted);
                product = product == null ? smooth : product.mul(smooth);
            }
            infused.add(product);
        }
        return infused;
    }

    private static NDArray fitted(NDArray x, NDArray target) {
        long height = target.getShape().get(2);
        long width = target.getShape().get(3);
        boolean larger = x.getShape().get(2) > height || x.getShape().get(3) > width;
        return ImageOperations.resize(x, larger ? Resizing.AVERAGE : Resizing.BILINEAR_ALIGNED, height, width);
    }
}
