package org.lesionstream.trainer.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.AliasChange;
import org.lesionstream.schemas.checkpoint.AliasHistory;
import org.lesionstream.schemas.checkpoint.CheckpointReference;

/**
 * Moves aliases, and remembers who did it, when and why.
 *
 * <ul>
 *   <li>The history only grows; nothing that was once in force can be denied.
 *   <li>A reader sees the history before the movement or after it, never half of it.
 *   <li>Movements by several threads and processes follow each other; none is lost.
 *   <li>An alias can only name a version whose files are what its manifest says.
 * </ul>
 */
public final class Promotion {

    private final CheckpointStorage storage;
    private final CheckpointStore checkpoints;

    /** Promotion within the store in a folder. */
    public Promotion(Path store) {
        this(new FolderStorage(store));
    }

    Promotion(CheckpointStorage storage) {
        this.storage = storage;
        this.checkpoints = new CheckpointStore(storage);
    }

    /**
     * Lets an alias name a version.
     *
     * @param name name of the checkpoint
     * @param change which alias, which version, when, who and why
     * @return the whole history, this movement last
     * @throws UnknownCheckpointException if there is no such version
     * @throws IOException if its files are damaged or the history cannot be written
     */
    public AliasHistory promote(String name, AliasChange change) throws IOException {
        checkpoints.resolve(new CheckpointReference.ByVersion(name, change.version()));
        return move(name, history -> change);
    }

    /**
     * Lets an alias name again what it named before its last movement, or before an earlier one; see {@link AliasHistory#before}.
     *
     * @param name name of the checkpoint
     * @return the whole history, this movement last
     * @throws UnknownCheckpointException if the alias was never set, or the version is no longer there
     * @throws IllegalArgumentException if there is nothing to go back to, or the wanted version is not among it
     * @throws IOException if the files of the version are damaged or the history cannot be written
     */
    public AliasHistory rollBack(String name, Rollback rollback) throws IOException {
        return move(name, history -> {
            int version = target(name, history, rollback);
            checkpoints.resolve(new CheckpointReference.ByVersion(name, version));
            return new AliasChange(rollback.alias(), version, rollback.when(), rollback.who(), rollback.why(), true);
        });
    }

    private static int target(String name, AliasHistory history, Rollback rollback) {
        CheckpointReference alias = new CheckpointReference.ByAlias(name, rollback.alias());
        int present = history.version(rollback.alias()).orElseThrow(() -> new UnknownCheckpointException(alias));
        List<Integer> before = history.before(rollback.alias());
        if (before.isEmpty()) {
            throw new IllegalArgumentException(
                    alias + " is at version " + present + " and has none before it to go back to");
        }
        int version = rollback.to().orElse(before.get(0));
        if (!before.contains(version)) {
            throw new IllegalArgumentException(alias + " is at version " + present + " and can go back to "
                    + before.stream().distinct().toList() + ", not to " + version + "; anything else is a promotion");
        }
        return version;
    }

    /** The next movement, from the history that it will follow. */
    @FunctionalInterface
    private interface Step {
        AliasChange after(AliasHistory history) throws IOException;
    }

    private AliasHistory move(String name, Step step) throws IOException {
        while (true) {
            Optional<byte[]> seen = storage.journal(name, CheckpointStorage.Journal.ALIASES);
            AliasHistory history = parse(seen);
            AliasHistory longer = history.append(step.after(history));
            if (storage.replace(name, CheckpointStorage.Journal.ALIASES, seen, longer.print())) {
                return longer;
            }
        }
    }

    static AliasHistory history(CheckpointStorage storage, String name) throws IOException {
        return parse(storage.journal(name, CheckpointStorage.Journal.ALIASES));
    }

    private static AliasHistory parse(Optional<byte[]> journal) {
        return journal.map(AliasHistory::parse).orElse(AliasHistory.EMPTY);
    }
}
