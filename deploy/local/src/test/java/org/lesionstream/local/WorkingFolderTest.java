package org.lesionstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkingFolderTest {

    @TempDir
    private Path parent;

    @Test
    void isEmptiedWhenTheSameCommandMadeIt() throws IOException {
        Path old = WorkingFolder.prepare(parent.resolve("demo"), "demo").path().resolve("report.html");
        Files.writeString(old, "old report");

        WorkingFolder.prepare(parent.resolve("demo"), "demo");

        assertThat(old).doesNotExist();
    }

    @Test
    void isNeverAFolderThatHoldsOtherFiles() throws IOException {
        Path precious = Files.writeString(parent.resolve("thesis.txt"), "years of work");

        assertThatThrownBy(() -> WorkingFolder.prepare(parent, "demo")).hasMessageContaining("--out");
        assertThat(precious).exists();
    }
}
