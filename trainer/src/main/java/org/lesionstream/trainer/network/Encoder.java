package org.lesionstream.trainer.network;

import java.util.List;

/**
 * What sees an image on several levels, each half the size of the one before: {@code [N, channels, H, W]} to one map for each level, finest first.
 */
abstract class Encoder extends Part {
    /** Channels of each map, finest first. */
    abstract List<Integer> widths();

    /** Pixels of the image for a pixel of the finest map, along each side. */
    abstract int finestStride();
}
