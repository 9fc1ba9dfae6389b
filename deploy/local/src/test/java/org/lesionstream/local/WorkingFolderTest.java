package org.lesionstream.local.demo;

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
    void isEmptiedWhenAnEarlierDemoMadeIt() throws IOException {
        Path old = WorkingFolder.prepare(parent.resolve("demo")).report();
        Files.writeString(old, "old report");

        WorkingFolder.prepare(parent.resolve("demo"));

        assertThat(old).doesNotExist();
    }

    @Test
    void isNeverAFolderThatHoldsOtherFiles() throws IOException {
        Path precious = Files.writeString(parent.resolve("thesis.txt"), "years of work");

        assertThatThrownBy(() -> WorkingFolder.prepare(parent)).hasMessageContaining("--out");
        assertThat(precious).exists();
    }
}
