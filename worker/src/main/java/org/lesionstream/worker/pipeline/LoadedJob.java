package org.lesionstream.worker.pipeline;

import static java.util.Objects.requireNonNull;

import org.lesionstream.worker.inference.Network;

/**
 * A job whose network is in memory.
 *
 * @param network stays there until the holder of this value closes it
 */
record LoadedJob(CheckpointedJob job, Network network) {
    LoadedJob {
        requireNonNull(job, "job");
        requireNonNull(network, "network");
    }
}
