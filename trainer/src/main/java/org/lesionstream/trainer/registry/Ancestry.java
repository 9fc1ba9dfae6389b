package org.lesionstream.trainer.registry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Lineage;

/**
 * A version with everything it was made from, back to the roots. Each lineage was compared with the digest that the manifest gives, and each parent with
 * the digest that the lineage gives, so no version is its own ancestor.
 *
 * @param version which
 * @param manifest as published; empty if the store has no such version, or another one of that name and number
 * @param lineage what it was made from; empty where nobody said so
 * @param parents in the order of the lineage
 */
public record Ancestry(
        CheckpointIdentity version,
        Optional<CheckpointManifest> manifest,
        Optional<Lineage> lineage,
        List<Ancestry> parents) {

    public Ancestry {
        parents = List.copyOf(parents);
    }

    /**
     * Follows a version back.
     *
     * @throws IOException if a lineage is not the one that its manifest vouches for
     */
    public static Ancestry of(CheckpointStore store, CheckpointManifest version) throws IOException {
        Optional<Lineage> lineage = store.lineage(version);
        List<Ancestry> parents = new ArrayList<>();
        if (lineage.isPresent()) {
            for (CheckpointIdentity parent : lineage.get().parents()) {
                Optional<CheckpointManifest> published = published(store, parent);
                parents.add(
                        published.isPresent()
                                ? of(store, published.get())
                                : new Ancestry(parent, Optional.empty(), Optional.empty(), List.of()));
            }
        }
        return new Ancestry(version.identity(), Optional.of(version), lineage, parents);
    }

    @SuppressWarnings("UnusedException") // that there is none says everything
    private static Optional<CheckpointManifest> published(CheckpointStore store, CheckpointIdentity parent)
            throws IOException {
        try {
            return Optional.of(store.find(new CheckpointReference.ByVersion(parent.name(), parent.version())))
                    .filter(found -> found.identity().equals(parent));
        } catch (UnknownCheckpointException none) {
            return Optional.empty();
        }
    }
}
