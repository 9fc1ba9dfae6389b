package org.lesionstream.worker.pipeline;

import static java.util.Objects.requireNonNull;

import org.lesionstream.worker.inference.Network;
import org.lesionstream.worker.tile.CutImage;

/**
 * An image as it waits for inference.
 *
 * @param cut its network inputs
 * @param network stays in memory until the holder of this value closes it
 * @param readyNanos monotonic time from which it waits for the device
 */
record TiledImage(SourceImage source, CutImage cut, Network network, long readyNanos) {
    TiledImage {
        requireNonNull(source, "source");
        requireNonNull(cut, "cut");
        requireNonNull(network, "network");
    }
}
