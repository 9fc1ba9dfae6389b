package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A small U-Net on one level of a large one, whose result is added to what came in: {@code [N, C, H, W] -> [N, C, H, W]}.
 *
 * <p>With m = C / 4 channels on its first level, doubled on each: blocks down, a bottom convolution dilated by 2, blocks up, and a 1 x 1 convolution back to C
 * channels, y = x + ReLU(BN(conv(..))), a residual as in the RSU blocks of U2-Net.
 *
 * <p>The report that this variant of UCTransNet follows prints {@link U2DownBlock} and half of {@link U2UpBlock} and leaves width and depth open; those
 * chosen here make every small U-Net divide its map exactly when the image is a multiple of 16.
 */
final class U2Stage extends Layer {
    private static final int[] DEPTHS = {3, 3, 2, 1, 0}; // of level 1 to 5

    private final List<U2DownBlock> downs = new ArrayList<>();
    private final Layer bottom;
    private final List<U2UpBlock> ups = new ArrayList<>();
    private final Layer out;

    /** The stage of a level, counted from 1. */
    static U2Stage ofLevel(int level, int channels) {
        return new U2Stage(channels, DEPTHS[level - 1]);
    }

    private U2Stage(int channels, int depth) {
        int m = Math.max(channels / 4, 1);
        int in = channels;
        for (int k = 0; k < depth; k++) {
            downs.add(addChildBlock("downs." + k, new U2DownBlock(in, m << k)));
            in = m << k;
        }
        this.bottom = addChildBlock("bottom", ConvolutionUnit.batchNormalised("conv", "norm", in, m << depth, 2));
        for (int k = 0; k < depth; k++) {
            ups.add(addChildBlock("ups." + k, new U2UpBlock(m << k)));
        }
        this.out = addChildBlock(
                "out",
                new ConvolutionUnit(
                        "conv",
                        Convolution.of(m, channels, 1).build(),
                        "norm",
                        Optional.of(new BatchNorm(channels)),
                        Layers::relu));
    }

    @Override
    NDArray apply(Pass pass, NDArray x) {
        List<NDArray> features = new ArrayList<>();
        NDArray y = x;
        for (U2DownBlock down : downs) {
            NDList both = pass.all(down, y);
            features.add(both.get(0)); // [N, 2^k m, H / 2^k, W / 2^k]
            y = both.get(1);
        }
        y = pass.through(bottom, y);
        for (int k = ups.size() - 1; k >= 0; k--) {
            y = pass.through(ups.get(k), y, features.get(k)); // [N, 2^k m, H / 2^k, W / 2^k]
        }
        return x.add(pass.through(out, y));
    }
}
