package org.lesionstream.schemas.checkpoint;

/**
 * Exactly which checkpoint made a mask.
 *
 * @param name name of the checkpoint
 * @param version its version
 * @param digest digest of its manifest, see {@link CheckpointManifest#digest()}
 */
public record CheckpointIdentity(String name, int version, Digest digest) {
    public CheckpointIdentity {
        CheckpointReference.checkName(name);
        if (version < 1) {
            throw new IllegalArgumentException("version must be at least 1, was " + version);
        }
    }
}
