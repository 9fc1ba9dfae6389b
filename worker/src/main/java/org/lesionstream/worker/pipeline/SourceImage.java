package org.lesionstream.worker.pipeline;

import static java.util.Objects.requireNonNull;

import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.TilePlan;
import org.lesionstream.worker.inference.ServedCheckpoint;

/** What must be remembered of a picture once it is cut: its checkpoint, its size, its digest, and the way back from tiles. */
record SourceImage(ServedCheckpoint checkpoint, int width, int height, Digest digest, TilePlan plan) {
    SourceImage {
        requireNonNull(checkpoint, "checkpoint");
        requireNonNull(digest, "digest");
        requireNonNull(plan, "plan");
    }
}
