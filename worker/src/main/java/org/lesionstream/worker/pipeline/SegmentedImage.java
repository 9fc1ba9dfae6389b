package org.lesionstream.worker.pipeline;

import java.util.List;
import org.lesionstream.schemas.image.TileOutput;

/** An image whose tiles have all been through the network: one output per tile, in the order of the plan. The tiles are gone. */
record SegmentedImage(SourceImage source, List<TileOutput> outputs) {
    SegmentedImage {
        outputs = List.copyOf(outputs);
    }
}
