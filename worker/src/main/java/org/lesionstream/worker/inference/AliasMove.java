package org.lesionstream.worker.inference;

import java.util.Optional;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * What became of an alias that names another version than before.
 *
 * @param alias the followed reference
 * @param from what it meant until now
 * @param to what the store says now, if that could be read
 * @param refusal why the worker stays with {@code from}; empty if jobs get the new version from now on
 */
public record AliasMove(
        CheckpointReference alias,
        ServedCheckpoint from,
        Optional<ServedCheckpoint> to,
        Optional<SegmentationException> refusal) {}
