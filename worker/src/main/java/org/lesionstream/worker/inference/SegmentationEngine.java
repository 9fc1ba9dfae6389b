package org.lesionstream.worker.inference;

import java.nio.file.Path;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;

/** Loads networks onto one device. */
interface SegmentationEngine {

    /** Name, version and device, as it stands in every result: two results of one engine name are comparable byte by byte. */
    String name();

    /**
     * Loads a network.
     *
     * @param manifest what the network must take and give
     * @param model its file, already verified
     * @throws org.lesionstream.worker.failure.SegmentationException with {@code CHECKPOINT_CORRUPT} if it cannot be loaded
     */
    LoadedSegmenter load(CheckpointManifest manifest, Path model);
}
