package org.lesionstream.trainer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.checkpoint.CheckpointNote;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.ContractViolationException;
import org.lesionstream.trainer.testing.ADraft;

class NotebookTest {

    private static final CheckpointNote FIRST = new CheckpointNote(1, Instant.EPOCH, "ada", "trained on site A");
    private static final CheckpointNote SECOND = new CheckpointNote(1, Instant.EPOCH, "grace", "two\nlines");

    @TempDir
    private Path folder;

    private CheckpointStore store;

    @BeforeEach
    void publishAVersion() throws IOException {
        store = new CheckpointStore(folder);
        store.publish("lesion", new ADraft("lesion", "a"));
    }

    @Test
    void keepsEveryNoteAndLeavesTheVersionAlone() throws IOException {
        PublishedCheckpoint before = store.resolve(CheckpointReference.parse("lesion@1"));
        new Notebook(folder).add("lesion", FIRST);
        byte[] one = Files.readAllBytes(folder.resolve("lesion/notes.jsonl"));
        new Notebook(folder).add("lesion", SECOND);
        assertThat(store.notes("lesion")).containsExactly(FIRST, SECOND);
        assertThat(Files.readAllBytes(folder.resolve("lesion/notes.jsonl"))).startsWith(one);
        assertThat(store.resolve(CheckpointReference.parse("lesion@1"))).isEqualTo(before);
    }

    @Test
    void aCheckpointWithoutNotesHasNone() throws IOException {
        assertThat(store.notes("lesion")).isEmpty();
    }

    @Test
    void refusesANoteAboutNoVersion() {
        assertThatThrownBy(
                        () -> new Notebook(folder).add("lesion", new CheckpointNote(2, Instant.EPOCH, "ada", "hello")))
                .isInstanceOf(UnknownCheckpointException.class)
                .hasMessageContaining("lesion@2");
        assertThat(folder.resolve("lesion/notes.jsonl")).doesNotExist();
    }

    @Test
    void doesNotWriteOnNotesThatItCannotRead() throws IOException {
        Files.writeString(folder.resolve("lesion/notes.jsonl"), "{\"version\":1");
        assertThatThrownBy(() -> new Notebook(folder).add("lesion", FIRST))
                .isInstanceOf(ContractViolationException.class)
                .hasMessageContaining("checkpoint-note.v1");
        assertThat(folder.resolve("lesion/notes.jsonl")).hasContent("{\"version\":1");
    }

    @Test
    void aNoteThatCameAMomentEarlierStays() throws IOException {
        ContestedStorage storage = new ContestedStorage(folder);
        storage.before(() -> new Notebook(folder).add("lesion", FIRST));
        new Notebook(storage).add("lesion", SECOND);
        assertThat(store.notes("lesion")).containsExactly(FIRST, SECOND);
    }
}
