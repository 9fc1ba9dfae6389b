package org.lesionstream.trainer.registry;

import org.lesionstream.schemas.checkpoint.CheckpointReference;

/** No checkpoint of the store has that name, version, alias or digest. */
public final class UnknownCheckpointException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownCheckpointException(CheckpointReference reference) {
        super("the store has no checkpoint " + reference);
    }
}
