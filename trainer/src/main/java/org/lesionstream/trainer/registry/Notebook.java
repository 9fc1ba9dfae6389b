package org.lesionstream.trainer.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.CheckpointNote;
import org.lesionstream.schemas.checkpoint.CheckpointReference;

/**
 * Notes about versions, which themselves never change.
 *
 * <ul>
 *   <li>Notes are only ever added; notes by several threads and processes follow each other, and none is lost.
 *   <li>A reader sees a note whole or not at all.
 * </ul>
 */
public final class Notebook {

    private final CheckpointStorage storage;

    /** The notes within the store in a folder. */
    public Notebook(Path store) {
        this(new FolderStorage(store));
    }

    Notebook(CheckpointStorage storage) {
        this.storage = storage;
    }

    /**
     * Adds a note.
     *
     * @param name name of the checkpoint
     * @throws UnknownCheckpointException if there is no such version
     * @throws org.lesionstream.schemas.checkpoint.ContractViolationException if the notes that are there cannot be read; they stay as they are
     */
    public void add(String name, CheckpointNote note) throws IOException {
        new CheckpointStore(storage).find(new CheckpointReference.ByVersion(name, note.version()));
        while (true) {
            Optional<byte[]> seen = storage.journal(name, CheckpointStorage.Journal.NOTES);
            byte[] notes = seen.orElse(new byte[0]);
            CheckpointNote.parse(notes);
            if (storage.replace(name, CheckpointStorage.Journal.NOTES, seen, note.appendTo(notes))) {
                return;
            }
        }
    }
}
