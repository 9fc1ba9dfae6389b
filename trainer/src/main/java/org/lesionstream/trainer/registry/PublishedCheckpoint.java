package org.lesionstream.trainer.registry;

import java.nio.file.Path;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;

/**
 * One version in a store.
 *
 * @param folder where its files are
 * @param manifest what they are
 */
public record PublishedCheckpoint(Path folder, CheckpointManifest manifest) {}
