package org.lesionstream.trainer.registry;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.lesionstream.schemas.checkpoint.AliasHistory;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.ManifestCodec;

/**
 * A folder of checkpoints: each version is written once, appears whole or not at all, and never changes.
 *
 * <ul>
 *   <li>A version is prepared under a hidden name, its digests are verified, it is forced to the disk and then moved to its number in
 *       one step. What a crash leaves behind has a hidden name and is seen by nobody.
 *   <li>The move decides who gets a number: of several publishers, in any number of processes, one succeeds and the others take the
 *       next number. No locks are needed.
 *   <li>What {@link #resolve} returns was verified just now, file by file.
 * </ul>
 */
public final class CheckpointStore {

    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");

    private final CheckpointLayout layout;

    /** The store in a folder, which is made when something is published. */
    public CheckpointStore(Path store) {
        this.layout = new CheckpointLayout(store);
    }

    /**
     * Makes the folder of a checkpoint and writes into it, so that work of hours is not begun for a store that cannot take its result.
     *
     * @throws IOException naming the folder, if it cannot be made or written
     */
    public void requireWritable(String name) throws IOException {
        Path home = layout.nameFolder(name);
        try {
            Files.createDirectories(home);
            Files.delete(Files.createTempDirectory(home, ".publishing-"));
        } catch (IOException e) {
            throw new IOException("cannot write to the store's folder " + home, e);
        }
    }

    /**
     * Publishes the next version.
     *
     * @param name name of the checkpoint, new or known
     * @param writer makes its files
     * @return the version as it stands in the store
     * @throws IOException if it could not be written, or a file is not what the manifest says; nothing is published then
     */
    public PublishedCheckpoint publish(String name, CheckpointWriter writer) throws IOException {
        Path home = Files.createDirectories(layout.nameFolder(name));
        Path draft = Files.createTempDirectory(home, ".publishing-");
        try {
            IntFunction<CheckpointManifest> manifests = writer.write(draft);
            return moveToNextNumber(name, draft, manifests);
        } finally {
            if (Files.exists(draft)) {
                DurableFiles.deleteTree(draft);
            }
        }
    }

    /** Every version of every checkpoint, by name and number; the files themselves are not read. */
    public List<PublishedCheckpoint> list() throws IOException {
        List<PublishedCheckpoint> all = new ArrayList<>();
        if (Files.isDirectory(layout.store())) {
            for (Path home : DurableFiles.list(layout.store())) {
                String name = home.getFileName().toString();
                if (!name.startsWith(".") && Files.isDirectory(home)) {
                    all.addAll(list(name));
                }
            }
        }
        return all;
    }

    /** Every version of one checkpoint, by number; none if there is no such checkpoint. */
    public List<PublishedCheckpoint> list(String name) throws IOException {
        List<PublishedCheckpoint> versions = new ArrayList<>();
        for (int version : versions(name)) {
            versions.add(open(name, version));
        }
        return versions;
    }

    /** The aliases of a checkpoint. */
    public AliasHistory aliases(String name) throws IOException {
        return AliasHistory.read(layout.aliases(name));
    }

    /**
     * Finds a version and verifies its files.
     *
     * @throws UnknownCheckpointException if the store has none for that reference
     * @throws IOException if the files are not those of the manifest
     */
    public PublishedCheckpoint resolve(CheckpointReference reference) throws IOException {
        PublishedCheckpoint found = find(reference);
        verifyFiles(found.folder(), found.manifest());
        return found;
    }

    private PublishedCheckpoint find(CheckpointReference reference) throws IOException {
        String name = reference.name();
        if (reference instanceof CheckpointReference.ByDigest byDigest) {
            for (PublishedCheckpoint candidate : list(name)) {
                if (candidate.manifest().digest().equals(byDigest.digest())) {
                    return candidate;
                }
            }
            throw new UnknownCheckpointException(reference);
        }
        int version = reference instanceof CheckpointReference.ByAlias byAlias
                ? aliases(name).version(byAlias.alias()).orElseThrow(() -> new UnknownCheckpointException(reference))
                : ((CheckpointReference.ByVersion) reference).version();
        if (!Files.isDirectory(layout.versionFolder(name, version))) {
            throw new UnknownCheckpointException(reference);
        }
        return open(name, version);
    }

    private PublishedCheckpoint open(String name, int version) throws IOException {
        CheckpointManifest manifest = ManifestCodec.read(layout.manifest(name, version));
        if (!manifest.name().equals(name) || manifest.version() != version) {
            throw new IOException(layout.manifest(name, version) + " is the manifest of " + manifest.name() + "@"
                    + manifest.version());
        }
        return new PublishedCheckpoint(layout.versionFolder(name, version), manifest);
    }

    private List<Integer> versions(String name) throws IOException {
        Path home = layout.nameFolder(name);
        if (!Files.isDirectory(home)) {
            return List.of();
        }
        return DurableFiles.list(home).stream()
                .map(folder -> folder.getFileName().toString())
                .filter(VERSION.asMatchPredicate())
                .map(Integer::valueOf)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private PublishedCheckpoint moveToNextNumber(String name, Path draft, IntFunction<CheckpointManifest> manifests)
            throws IOException {
        List<Integer> taken = versions(name);
        int version = taken.isEmpty() ? 1 : taken.get(taken.size() - 1) + 1;
        verifyFiles(draft, manifests.apply(version));
        while (true) {
            CheckpointManifest manifest = manifests.apply(version);
            if (!manifest.name().equals(name) || manifest.version() != version) {
                throw new IllegalArgumentException("the manifest must be that of " + name + "@" + version + ", was of "
                        + manifest.name() + "@" + manifest.version());
            }
            Path written = draft.resolve(CheckpointLayout.manifest());
            Files.deleteIfExists(written);
            ManifestCodec.write(written, manifest);
            seal(draft);
            if (moved(draft, layout.versionFolder(name, version))) {
                DurableFiles.force(layout.nameFolder(name));
                return new PublishedCheckpoint(layout.versionFolder(name, version), manifest);
            }
            version++;
        }
    }

    /** Whether the draft got the number; a folder that is there and not empty cannot be moved over. */
    private static boolean moved(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (FileSystemException refused) {
            if (Files.exists(target)) {
                return false; // somebody else was first
            }
            throw refused;
        }
    }

    /** Makes every file read-only and durable. */
    private static void seal(Path folder) throws IOException {
        for (Path file : DurableFiles.list(folder)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
            DurableFiles.force(file);
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        DurableFiles.force(folder);
    }

    private static void verifyFiles(Path folder, CheckpointManifest manifest) throws IOException {
        for (CheckpointFile file : manifest.files()) {
            Path path = folder.resolve(file.file());
            String whose = file.file() + " of " + manifest.name() + "@" + manifest.version();
            if (!Files.isRegularFile(path)) {
                throw new NoSuchFileException(path.toString(), null, whose + " is missing");
            }
            if (Files.size(path) != file.bytes() || !Digest.of(path).equals(file.sha256())) {
                throw new IOException(whose + " does not have the length and digest that its manifest gives");
            }
        }
    }
}
