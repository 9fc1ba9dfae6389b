package org.lesionstream.trainer.registry;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * The wish to let an alias name what it named before.
 *
 * @param alias which alias
 * @param to which of the versions that it named before; empty for the one before its last movement
 * @param when it is wished
 * @param who wishes it
 * @param why in words
 */
public record Rollback(String alias, OptionalInt to, Instant when, String who, String why) {
    public Rollback {
        if (who.isBlank() || why.isBlank()) {
            throw new IllegalArgumentException("who and why must not be blank");
        }
    }
}
