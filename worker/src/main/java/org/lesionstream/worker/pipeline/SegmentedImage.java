package org.lesionstream.worker.pipeline;

import java.util.List;
import org.lesionstream.schemas.image.TileOutput;

/** An image whose tiles have all been through the network; outputs in the order of the plan's tiles. */
record SegmentedImage(TiledImage image, List<TileOutput> outputs) {
    SegmentedImage {
        outputs = List.copyOf(outputs);
    }
}
