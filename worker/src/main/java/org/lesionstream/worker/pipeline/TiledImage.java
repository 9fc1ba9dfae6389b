package org.lesionstream.worker.pipeline;

import java.util.List;

/** An image as it waits for inference: one input per tile, in the order of the plan. */
record TiledImage(SourceImage source, List<byte[]> tiles) {
    TiledImage {
        tiles = List.copyOf(tiles);
    }
}
