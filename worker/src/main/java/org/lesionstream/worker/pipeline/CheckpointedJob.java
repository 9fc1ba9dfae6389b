package org.lesionstream.worker.pipeline;

import static java.util.Objects.requireNonNull;

import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.worker.inference.Network;
import org.lesionstream.worker.inference.ServedCheckpoint;

/** A job, and the checkpoint that is pinned for its case. */
record CheckpointedJob(ImageJob job, ServedCheckpoint checkpoint) {
    CheckpointedJob {
        requireNonNull(job, "job");
        requireNonNull(checkpoint, "checkpoint");
    }

    LoadedJob with(Network network) {
        return new LoadedJob(this, network);
    }
}
