package org.lesionstream.trainer.registry;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.lesionstream.schemas.checkpoint.AliasChange;
import org.lesionstream.schemas.checkpoint.AliasHistory;
import org.lesionstream.schemas.checkpoint.CheckpointLayout;
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

    /** A file lock holds between processes only; this one holds between the threads of this process. */
    private static final Object ONE_THREAD = new Object();

    private final CheckpointLayout layout;
    private final CheckpointStore checkpoints;

    /** Promotion within the store in a folder. */
    public Promotion(Path store) {
        this.layout = new CheckpointLayout(store);
        this.checkpoints = new CheckpointStore(store);
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
        Path file = layout.aliases(name);
        Path lockFile = layout.nameFolder(name).resolve(".aliases.lock");
        synchronized (ONE_THREAD) {
            try (FileChannel channel =
                    FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock(); // closing the channel gives it back
                AliasHistory longer = AliasHistory.read(file).append(change);
                DurableFiles.replace(file, longer.print());
                return longer;
            }
        }
    }
}
