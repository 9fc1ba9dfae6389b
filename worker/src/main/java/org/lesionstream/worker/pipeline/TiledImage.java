package org.lesionstream.worker.pipeline;

import static java.util.Objects.requireNonNull;

import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.worker.inference.ServedCheckpoint;
import org.lesionstream.worker.tile.CutImage;

/** An image as it waits for inference: its tiles, its checkpoint, and what must be remembered of its source. */
record TiledImage(ServedCheckpoint checkpoint, int width, int height, Digest sourceDigest, CutImage cut) {
    TiledImage {
        requireNonNull(checkpoint, "checkpoint");
        requireNonNull(sourceDigest, "sourceDigest");
        requireNonNull(cut, "cut");
    }
}
