package org.lesionstream.worker.persist;

import java.time.Instant;
import java.util.List;

/**
 * A checkpoint that some worker has served.
 *
 * @param aliases that name this version now
 */
public record CheckpointOverview(String name, int version, String digest, List<String> aliases, Instant firstSeenAt) {
    public CheckpointOverview {
        aliases = List.copyOf(aliases);
    }
}
