package org.lesionstream.trainer.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.lesionstream.schemas.checkpoint.AliasHistory;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointNote;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.Lineage;
import org.lesionstream.schemas.checkpoint.ManifestCodec;

/**
 * A folder of checkpoints: each version is written once, appears whole or not at all, and never changes.
 *
 * <ul>
 *   <li>A version is prepared where nobody sees it, its digests are verified, it is made durable and then gets its number in one step.
 *   <li>The storage decides who gets a number: of several publishers, in any number of processes, one succeeds and the others take the
 *       next number.
 *   <li>What {@link #resolve} returns was verified just now, file by file.
 * </ul>
 */
public final class CheckpointStore {

    private final CheckpointStorage storage;

    /** The store in a folder, which is made when something is published. */
    public CheckpointStore(Path store) {
        this(new FolderStorage(store));
    }

    CheckpointStore(CheckpointStorage storage) {
        this.storage = storage;
    }

    /**
     * Makes the folder of a checkpoint and writes into it, so that work of hours is not begun for a store that cannot take its result.
     *
     * @throws IOException naming the folder, if it cannot be made or written
     */
    public void requireWritable(String name) throws IOException {
        storage.requireWritable(name);
    }

    /**
     * Publishes the next version, of which nobody says what it was made from.
     *
     * @param name name of the checkpoint, new or known
     * @param writer makes its files
     * @return the version as it stands in the store
     * @throws IOException if it could not be written, or a file is not what the manifest says; nothing is published then
     */
    public PublishedCheckpoint publish(String name, CheckpointWriter writer) throws IOException {
        Path draft = storage.draft(name);
        try {
            return putUnderNextNumber(name, draft, writer.write(draft));
        } finally {
            if (Files.exists(draft)) {
                DurableFiles.deleteTree(draft);
            }
        }
    }

    /**
     * Publishes the next version with a {@code lineage.json} that its manifest vouches for.
     *
     * @param name name of the checkpoint, new or known
     * @param lineage what it was made from; the digest of its weights is added here
     * @param writer makes its other files
     * @return the version as it stands in the store
     * @throws IOException if it could not be written, or a file is not what the manifest says; nothing is published then
     */
    public PublishedCheckpoint publish(String name, Lineage lineage, CheckpointWriter writer) throws IOException {
        return publish(name, draft -> {
            IntFunction<CheckpointManifest> manifests = writer.write(draft);
            Path weights = draft.resolve(CheckpointLayout.weights());
            Lineage whole = Files.exists(weights) ? lineage.withWeights(Digest.of(weights)) : lineage;
            byte[] json = whole.print();
            Files.write(draft.resolve(CheckpointLayout.lineage()), json);
            return version -> manifests.apply(version).withLineage(Digest.of(json));
        });
    }

    /** Manifest of every version of every checkpoint, by name and number; the files themselves are not read. */
    public List<CheckpointManifest> list() throws IOException {
        List<CheckpointManifest> all = new ArrayList<>();
        for (String name : storage.names()) {
            all.addAll(list(name));
        }
        return all;
    }

    /** Manifest of every version of one checkpoint, by number; none if there is no such checkpoint. */
    public List<CheckpointManifest> list(String name) throws IOException {
        List<CheckpointManifest> versions = new ArrayList<>();
        for (int version : storage.versions(name)) {
            versions.add(manifest(name, version));
        }
        return versions;
    }

    /** The aliases of a checkpoint. */
    public AliasHistory aliases(String name) throws IOException {
        return Promotion.history(storage, name);
    }

    /** What people noted about the versions of a checkpoint, oldest first. */
    public List<CheckpointNote> notes(String name) throws IOException {
        return CheckpointNote.parse(
                storage.journal(name, CheckpointStorage.Journal.NOTES).orElse(new byte[0]));
    }

    /**
     * What a version was made from; empty where nobody said so.
     *
     * @throws IOException if its lineage is not the one that the manifest vouches for
     */
    public Optional<Lineage> lineage(CheckpointManifest manifest) throws IOException {
        if (manifest.lineage().isEmpty()) {
            return Optional.empty();
        }
        byte[] json = storage.read(manifest.name(), manifest.version(), CheckpointLayout.lineage());
        return Optional.of(VersionFiles.lineage(json, manifest));
    }

    /**
     * Finds a version and verifies its files.
     *
     * @throws UnknownCheckpointException if the store has none for that reference
     * @throws IOException if the files are not those of the manifest
     */
    public PublishedCheckpoint resolve(CheckpointReference reference) throws IOException {
        CheckpointManifest manifest = find(reference);
        Path folder = storage.folder(manifest.name(), manifest.version());
        new VersionFiles(folder, manifest).verify();
        return new PublishedCheckpoint(folder, manifest);
    }

    /**
     * Finds a version; its files are not read.
     *
     * @throws UnknownCheckpointException if the store has none for that reference
     */
    public CheckpointManifest find(CheckpointReference reference) throws IOException {
        String name = reference.name();
        if (reference instanceof CheckpointReference.ByDigest byDigest) {
            for (CheckpointManifest candidate : list(name)) {
                if (candidate.digest().equals(byDigest.digest())) {
                    return candidate;
                }
            }
            throw new UnknownCheckpointException(reference);
        }
        int version = reference instanceof CheckpointReference.ByAlias byAlias
                ? aliases(name).version(byAlias.alias()).orElseThrow(() -> new UnknownCheckpointException(reference))
                : ((CheckpointReference.ByVersion) reference).version();
        if (!storage.versions(name).contains(version)) {
            throw new UnknownCheckpointException(reference);
        }
        return manifest(name, version);
    }

    private CheckpointManifest manifest(String name, int version) throws IOException {
        CheckpointManifest manifest = ManifestCodec.parse(storage.read(name, version, CheckpointLayout.manifest()));
        if (!manifest.name().equals(name) || manifest.version() != version) {
            throw new IOException("the manifest of " + name + "@" + version + " is that of " + manifest.name() + "@"
                    + manifest.version());
        }
        return manifest;
    }

    private PublishedCheckpoint putUnderNextNumber(String name, Path draft, IntFunction<CheckpointManifest> manifests)
            throws IOException {
        List<Integer> taken = storage.versions(name);
        int version = taken.isEmpty() ? 1 : taken.get(taken.size() - 1) + 1;
        new VersionFiles(draft, manifests.apply(version)).verify();
        while (true) {
            CheckpointManifest manifest = manifests.apply(version);
            if (!manifest.name().equals(name) || manifest.version() != version) {
                throw new IllegalArgumentException("the manifest must be that of " + name + "@" + version + ", was of "
                        + manifest.name() + "@" + manifest.version());
            }
            Path written = draft.resolve(CheckpointLayout.manifest());
            Files.deleteIfExists(written);
            ManifestCodec.write(written, manifest);
            if (storage.put(name, version, draft)) {
                return new PublishedCheckpoint(storage.folder(name, version), manifest);
            }
            version++;
        }
    }
}
