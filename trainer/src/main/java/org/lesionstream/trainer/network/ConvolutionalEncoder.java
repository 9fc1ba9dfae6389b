package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;

/**
 * The contracting path: a block for each level, the size halved before each but the first.
 *
 * <p>{@code [N, channels, H, W] -> [N, c_1, H, W], [N, c_2, H/2, W/2], ..}, smaller where the blocks are not padded.
 */
final class ConvolutionalEncoder extends Encoder {
    private final boolean pooled;
    private final List<Integer> widths = new ArrayList<>();
    private final List<Layer> levels = new ArrayList<>();

    private ConvolutionalEncoder(boolean pooled) {
        this.pooled = pooled;
    }

    /** Halves the size by max-pooling. */
    static ConvolutionalEncoder pooling() {
        return new ConvolutionalEncoder(true);
    }

    /** Leaves it to the blocks to halve the size. */
    static ConvolutionalEncoder striding() {
        return new ConvolutionalEncoder(false);
    }

    /** One more level at the deep end; an encoder is built before it is used. */
    ConvolutionalEncoder level(String name, Layer block, int width) {
        levels.add(addChildBlock(name, block));
        widths.add(width);
        return this;
    }

    @Override
    List<Integer> widths() {
        return List.copyOf(widths);
    }

    @Override
    int finestStride() {
        return 1;
    }

    @Override
    NDList compute(Pass pass, NDList images) {
        NDList maps = new NDList();
        NDArray x = images.singletonOrThrow();
        for (Layer level : levels) {
            x = pass.through(level, pooled && !maps.isEmpty() ? Layers.maxPool2(x) : x); // [N, c_l, H / 2^l, W / 2^l]
            maps.add(x);
        }
        return maps;
    }
}
