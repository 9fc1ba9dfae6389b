package org.lesionstream.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.trainer.registry.Ancestry;
import org.lesionstream.trainer.registry.CheckpointStore;

/**
 * A version and what it was made from, as a tree to print.
 *
 * @param name of the checkpoint
 * @param version which
 * @param digest of its manifest
 * @param inStore whether the store has exactly this version
 * @param producer program and version that wrote it; null if it is not in the store
 * @param createdAt when; null if it is not in the store
 * @param lineage what it was made from; null if nobody said so
 * @param notes about it
 * @param parents the same of what it was made from
 */
record AncestryDocument(
        String name,
        int version,
        String digest,
        boolean inStore,
        Optional<String> producer,
        Optional<String> createdAt,
        Optional<LineageLine> lineage,
        List<NoteLine> notes,
        List<AncestryDocument> parents) {

    static AncestryDocument of(CheckpointStore store, Ancestry ancestry) throws IOException {
        CheckpointIdentity identity = ancestry.version();
        List<AncestryDocument> parents = new ArrayList<>();
        for (Ancestry parent : ancestry.parents()) {
            parents.add(of(store, parent));
        }
        boolean inStore = ancestry.manifest().isPresent();
        return new AncestryDocument(
                identity.name(),
                identity.version(),
                identity.digest().hex(),
                inStore,
                ancestry.manifest().map(CheckpointManifest::producer),
                ancestry.manifest().map(manifest -> manifest.createdAt().toString()),
                ancestry.lineage().map(LineageLine::of),
                inStore ? NoteLine.about(identity.version(), store.notes(identity.name())) : List.of(),
                parents);
    }

    /** One line for each version, its notes below it, and its parents farther in. */
    void print(PrintWriter out) {
        print("", "", out);
    }

    private void print(String first, String others, PrintWriter out) {
        out.println(first + words());
        String below = others + (parents.isEmpty() ? "   " : "|  ");
        notes.forEach(note -> out.println(below + note.words()));
        for (int i = 0; i < parents.size(); i++) {
            boolean last = i == parents.size() - 1;
            parents.get(i).print(others + "+- ", others + (last ? "   " : "|  "), out);
        }
    }

    private String words() {
        String which = name + "@" + version + " sha256:" + LineageLine.shortened(digest) + "  ";
        if (!inStore) {
            return which + "not in this store";
        }
        return which
                + lineage.map(known -> known.origin() + known.sources()).orElse("of unknown origin")
                + createdAt.map(when -> ", " + when).orElse("")
                + producer.map(program -> " by " + program).orElse("");
    }
}
