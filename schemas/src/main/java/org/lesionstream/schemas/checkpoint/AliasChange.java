package org.lesionstream.schemas.checkpoint;

import java.time.Instant;

/**
 * An alias was made to name a version.
 *
 * @param alias which alias
 * @param version which version it names from then on
 * @param when it was moved
 * @param who moved it
 * @param why in words
 * @param rollback whether it was moved back to what it named before, rather than on to something
 */
public record AliasChange(String alias, int version, Instant when, String who, String why, boolean rollback) {
    public AliasChange {
        CheckpointReference.checkAlias(alias);
        if (version < 1) {
            throw new IllegalArgumentException("version must be at least 1, was " + version);
        }
        if (who.isBlank() || why.isBlank()) {
            throw new IllegalArgumentException("who and why must not be blank");
        }
    }

    /** A movement on, no rollback. */
    public AliasChange(String alias, int version, Instant when, String who, String why) {
        this(alias, version, when, who, why, false);
    }
}
