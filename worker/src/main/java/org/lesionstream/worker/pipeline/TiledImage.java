package org.lesionstream.worker.pipeline;

import static java.util.Objects.requireNonNull;

import org.lesionstream.worker.inference.Network;
import org.lesionstream.worker.tile.CutImage;

/**
 * An image as it waits for inference.
 *
 * @param cut its network inputs
 * @param network stays in memory until the holder of this value closes it
 */
record TiledImage(SourceImage source, CutImage cut, Network network) {
    TiledImage {
        requireNonNull(source, "source");
        requireNonNull(cut, "cut");
        requireNonNull(network, "network");
    }
}
