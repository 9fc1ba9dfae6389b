package org.lesionstream.worker.inference;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * One version of a checkpoint in the store.
 *
 * @param folder of the version
 * @param digest of the manifest that was read there
 */
record StoredCheckpoint(Path folder, CheckpointManifest manifest, Digest digest) {

    /**
     * The path of one of its files, after its content was compared with the manifest.
     *
     * @throws SegmentationException {@code CHECKPOINT_CORRUPT} if it is not there or has another digest, {@code CHECKPOINT_STORE_UNAVAILABLE}
     *     if the store does not answer
     */
    Path verified(CheckpointFile file) {
        Path path = folder.resolve(file.file());
        try {
            if (!Digest.of(path).equals(file.sha256())) {
                throw new SegmentationException(FailureCode.CHECKPOINT_CORRUPT, StoredCheckpoints.WHERE);
            }
            return path;
        } catch (NoSuchFileException e) {
            throw new SegmentationException(FailureCode.CHECKPOINT_CORRUPT, StoredCheckpoints.WHERE, e);
        } catch (IOException e) {
            throw new SegmentationException(FailureCode.CHECKPOINT_STORE_UNAVAILABLE, StoredCheckpoints.WHERE, e);
        }
    }
}
