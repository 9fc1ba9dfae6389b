package org.lesionstream.worker.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lesionstream.schemas.checkpoint.AliasHistory;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.ContractViolationException;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.ManifestCodec;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * The store folder as a worker reads it.
 *
 * <ul>
 *   <li>Versions never change, so each manifest is read once; the memory for that is bounded by the versions that exist.
 *       Alias files are read at every look.
 *   <li>A store that is not there is a transient failure: an unmounted volume must not turn jobs into dead letters.
 *   <li>Safe for use by several threads.
 * </ul>
 */
final class StoredCheckpoints {

    /** Where every failure of a checkpoint is seen from: the field of the job that names it. */
    static final String WHERE = "/checkpoint";

    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");

    private record VersionKey(String name, int version) {}

    private final CheckpointLayout layout;
    private final Map<VersionKey, StoredCheckpoint> read = new ConcurrentHashMap<>();

    StoredCheckpoints(Path store) {
        this.layout = new CheckpointLayout(store);
    }

    /**
     * Looks the reference up as the store is now.
     *
     * @throws SegmentationException {@code CHECKPOINT_UNKNOWN} if there is no such checkpoint, {@code CHECKPOINT_CORRUPT} if its
     *     manifest or alias file makes no sense, {@code CHECKPOINT_STORE_UNAVAILABLE} if the store does not answer
     */
    StoredCheckpoint find(CheckpointReference reference) {
        if (!Files.isDirectory(layout.store())) {
            throw new SegmentationException(FailureCode.CHECKPOINT_STORE_UNAVAILABLE, WHERE);
        }
        if (reference instanceof CheckpointReference.ByVersion byVersion) {
            return version(byVersion.name(), byVersion.version());
        }
        if (reference instanceof CheckpointReference.ByDigest byDigest) {
            return digest(byDigest.name(), byDigest.digest());
        }
        return alias((CheckpointReference.ByAlias) reference);
    }

    private StoredCheckpoint alias(CheckpointReference.ByAlias reference) {
        int version = aliases(reference.name()).version(reference.alias()).orElseThrow(StoredCheckpoints::unknown);
        return version(reference.name(), version);
    }

    /** The alias file as it is now; throws like {@link #find}. */
    AliasHistory aliases(String name) {
        try {
            return AliasHistory.read(layout.aliases(name));
        } catch (ContractViolationException e) {
            throw new SegmentationException(FailureCode.CHECKPOINT_CORRUPT, WHERE, e);
        } catch (IOException e) {
            throw new SegmentationException(FailureCode.CHECKPOINT_STORE_UNAVAILABLE, WHERE, e);
        }
    }

    private StoredCheckpoint digest(String name, Digest digest) {
        Optional<StoredCheckpoint> known = read.values().stream()
                .filter(checkpoint -> isDigest(checkpoint, name, digest))
                .findFirst();
        return known.orElseGet(() -> versions(name).stream()
                .flatMap(version -> readable(name, version).stream())
                .filter(checkpoint -> isDigest(checkpoint, name, digest))
                .findFirst()
                .orElseThrow(StoredCheckpoints::unknown));
    }

    private static boolean isDigest(StoredCheckpoint checkpoint, String name, Digest digest) {
        return checkpoint.digest().equals(digest)
                && checkpoint.manifest().name().equals(name);
    }

    /** In a search a damaged manifest is merely not the one that is looked for. */
    private Optional<StoredCheckpoint> readable(String name, int version) {
        try {
            return Optional.of(version(name, version));
        } catch (SegmentationException e) {
            if (e.code() == FailureCode.CHECKPOINT_CORRUPT || e.code() == FailureCode.CHECKPOINT_UNKNOWN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Newest first, since a digest that is looked for is mostly a recent one. */
    private List<Integer> versions(String name) {
        Path folder = layout.nameFolder(name);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(entry -> VERSION.matcher(entry).matches())
                    .map(Integer::valueOf)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            throw new SegmentationException(FailureCode.CHECKPOINT_STORE_UNAVAILABLE, WHERE, e);
        }
    }

    private StoredCheckpoint version(String name, int version) {
        return read.computeIfAbsent(new VersionKey(name, version), this::readManifest);
    }

    private StoredCheckpoint readManifest(VersionKey key) {
        try {
            CheckpointManifest manifest = ManifestCodec.read(layout.manifest(key.name(), key.version()));
            if (!manifest.name().equals(key.name()) || manifest.version() != key.version()) {
                throw new SegmentationException(FailureCode.CHECKPOINT_CORRUPT, WHERE);
            }
            return new StoredCheckpoint(layout.versionFolder(key.name(), key.version()), manifest, manifest.digest());
        } catch (NoSuchFileException e) {
            throw new SegmentationException(FailureCode.CHECKPOINT_UNKNOWN, WHERE, e);
        } catch (ContractViolationException e) {
            throw new SegmentationException(FailureCode.CHECKPOINT_CORRUPT, WHERE, e);
        } catch (IOException e) {
            throw new SegmentationException(FailureCode.CHECKPOINT_STORE_UNAVAILABLE, WHERE, e);
        }
    }

    private static SegmentationException unknown() {
        return new SegmentationException(FailureCode.CHECKPOINT_UNKNOWN, WHERE);
    }
}
