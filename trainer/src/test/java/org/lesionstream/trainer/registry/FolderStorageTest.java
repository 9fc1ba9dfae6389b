package org.lesionstream.trainer.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.trainer.registry.CheckpointStorage.Journal;

/** What every storage promises, asked of the one in a folder. */
class FolderStorageTest {

    private static final byte[] FIRST = "first".getBytes(UTF_8);
    private static final byte[] SECOND = "second".getBytes(UTF_8);

    @TempDir
    private Path folder;

    private CheckpointStorage storage;

    @BeforeEach
    void openTheStorage() {
        storage = new FolderStorage(folder.resolve("store"));
    }

    @Test
    void aNumberIsGivenOnce() throws IOException {
        Path first = draft("first");
        Path second = draft("second");
        assertThat(storage.put("lesion", 1, first)).isTrue();
        assertThat(storage.put("lesion", 1, second)).isFalse();
        assertThat(first).doesNotExist();
        assertThat(second.resolve("file")).hasContent("second");
        assertThat(storage.read("lesion", 1, "file")).isEqualTo(FIRST);
        assertThat(storage.put("lesion", 2, second)).isTrue();
        assertThat(storage.versions("lesion")).containsExactly(1, 2);
        assertThat(storage.folder("lesion", 2).resolve("file")).hasContent("second");
    }

    @Test
    void aDraftIsNoVersion() throws IOException {
        draft("first");
        assertThat(storage.versions("lesion")).isEmpty();
        assertThat(storage.names()).containsExactly("lesion");
    }

    @Test
    void aJournalChangesOnlyFromWhatItsWriterHasSeen() throws IOException {
        storage.draft("lesion");
        assertThat(storage.journal("lesion", Journal.NOTES)).isEmpty();
        assertThat(storage.replace("lesion", Journal.NOTES, Optional.empty(), FIRST))
                .isTrue();
        assertThat(storage.replace("lesion", Journal.NOTES, Optional.empty(), SECOND))
                .as("there is one by now")
                .isFalse();
        assertThat(storage.replace("lesion", Journal.NOTES, Optional.of(SECOND), SECOND))
                .isFalse();
        assertThat(storage.journal("lesion", Journal.NOTES))
                .hasValueSatisfying(now -> assertThat(now).isEqualTo(FIRST));
        assertThat(storage.replace("lesion", Journal.NOTES, Optional.of(FIRST), SECOND))
                .isTrue();
        assertThat(storage.journal("lesion", Journal.ALIASES))
                .as("the other journal")
                .isEmpty();
    }

    @Test
    void anEmptyJournalIsNotAnAbsentOne() throws IOException {
        storage.draft("lesion");
        Files.createFile(folder.resolve("store/lesion/aliases.json"));
        assertThat(storage.journal("lesion", Journal.ALIASES)).isPresent();
        assertThat(storage.replace("lesion", Journal.ALIASES, Optional.empty(), FIRST))
                .isFalse();
    }

    @Test
    void whatElseLiesInTheFolderIsNoCheckpoint() throws IOException {
        assertThat(storage.names()).isEmpty();
        storage.draft("lesion");
        Files.createDirectory(folder.resolve("store/lost+found"));
        Files.createDirectory(folder.resolve("store/.cache"));
        Files.createFile(folder.resolve("store/readme"));
        Files.createDirectory(folder.resolve("store/lesion/01"));
        assertThat(storage.names()).containsExactly("lesion");
        assertThat(storage.versions("lesion")).isEmpty();
        assertThat(storage.versions("polyp")).isEmpty();
    }

    @Test
    void saysWhereItCannotWrite() throws IOException {
        Files.createFile(folder.resolve("store"));
        assertThatThrownBy(() -> storage.requireWritable("lesion"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.resolve("store/lesion").toString());
    }

    private Path draft(String content) throws IOException {
        Path draft = storage.draft("lesion");
        Files.writeString(draft.resolve("file"), content);
        return draft;
    }
}
