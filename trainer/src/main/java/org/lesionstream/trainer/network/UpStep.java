package org.lesionstream.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.Optional;

/**
 * One step up the expanding path: double the size, bring in the map of the contracting path, convolve.
 *
 * <p>Inputs {@code deep [N, in, H, W]} and {@code skip [N, s, H', W']}; output {@code [N, out, H', W']}. Where sizes differ, a doubled map that is smaller is
 * padded with zeros, half of what is missing above and left and the rest below and right; a skip that is larger because convolutions lose their border is
 * cropped to its middle.
 */
final class UpStep extends Part {

    /** How a skip meets the doubled map. */
    enum Merge {
        SKIP_FIRST,
        UP_FIRST,
        SUM,
        NONE;

        /** Channels of the merged map. */
        int width(int up, int skip) {
            return switch (this) {
                case SKIP_FIRST, UP_FIRST -> up + skip;
                case SUM -> skip;
                case NONE -> up;
            };
        }
    }

    private final Layer doubling;
    private final Merge merge;
    private final boolean cropping;
    private final Layer block;
    private final Optional<ChannelCrossAttention> gate;
    private final Optional<Layer> projection;

    /**
     * @param projection of the doubled map to the channels of the skip, where a sum needs it
     * @param cropping whether the skip is larger than the doubled map, not the other way round
     */
    UpStep(
            String doublingName,
            Layer doubling,
            Merge merge,
            Optional<Layer> projection,
            Optional<ChannelCrossAttention> gate,
            String blockName,
            Layer block,
            boolean cropping) {
        this.doubling = addChildBlock(doublingName, doubling);
        this.merge = merge;
        this.projection = projection.map(layer -> addChildBlock(blockName + ".project", layer));
        this.gate = gate.map(layer -> addChildBlock(blockName + ".coatt", layer));
        this.block = addChildBlock(blockName, block);
        this.cropping = cropping;
    }

    @Override
    NDList compute(Pass pass, NDList inputs) {
        NDArray up = pass.through(doubling, inputs.get(0)); // [N, u, 2H, 2W]
        NDArray skip = inputs.get(1); // [N, s, H', W']
        if (cropping) {
            skip = ImageOperations.crop(skip, height(up), width(up));
        } else {
            up = padTo(height(skip), width(skip), up);
        }
        if (gate.isPresent()) {
            skip = pass.through(gate.get(), skip, up);
        }
        return new NDList(pass.through(block, merged(pass, up, skip))); // [N, out, H', W']
    }

    private NDArray merged(Pass pass, NDArray up, NDArray skip) {
        return switch (merge) {
            case SKIP_FIRST -> NDArrays.concat(new NDList(skip, up), 1);
            case UP_FIRST -> NDArrays.concat(new NDList(up, skip), 1);
            case SUM -> skip.add(projection.isPresent() ? pass.through(projection.get(), up) : up);
            case NONE -> up;
        };
    }

    private static NDArray padTo(long height, long width, NDArray x) {
        long rows = height - height(x);
        long columns = width - width(x);
        return ImageOperations.pad(x, rows / 2, rows - rows / 2, columns / 2, columns - columns / 2);
    }

    private static long height(NDArray x) {
        return x.getShape().get(2);
    }

    private static long width(NDArray x) {
        return x.getShape().get(3);
    }
}
