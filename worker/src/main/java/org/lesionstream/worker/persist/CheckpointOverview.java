package org.lesionstream.worker.persist;

import java.time.Instant;
import java.util.List;
import org.lesionstream.schemas.checkpoint.Drift;
import org.lesionstream.schemas.checkpoint.Precision;

/**
 * A checkpoint that some worker has served.
 *
 * @param aliases that name this version now
 * @param variants what a worker may choose from, as the manifest lists them
 */
public record CheckpointOverview(
        String name, int version, String digest, List<String> aliases, Instant firstSeenAt, List<Variant> variants) {

    /**
     * The network in one precision.
     *
     * @param drift how far its masks are from those of fp32, measured when it was exported
     */
    public record Variant(Precision precision, Drift drift) {}

    public CheckpointOverview {
        aliases = List.copyOf(aliases);
        variants = List.copyOf(variants);
    }
}
