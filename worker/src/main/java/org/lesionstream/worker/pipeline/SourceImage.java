package org.lesionstream.worker.pipeline;

import static java.util.Objects.requireNonNull;

import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.image.TilePlan;
import org.lesionstream.worker.inference.ServedCheckpoint;

/**
 * What must be remembered of a picture once it is cut.
 *
 * @param pixels the picture itself, with its spacing where known: its intensities are measured at the end
 * @param digest SHA-256 of the encoded picture
 * @param plan the way back from tiles
 */
record SourceImage(ServedCheckpoint checkpoint, PixelGrid pixels, Digest digest, TilePlan plan) {
    SourceImage {
        requireNonNull(checkpoint, "checkpoint");
        requireNonNull(pixels, "pixels");
        requireNonNull(digest, "digest");
        requireNonNull(plan, "plan");
    }
}
