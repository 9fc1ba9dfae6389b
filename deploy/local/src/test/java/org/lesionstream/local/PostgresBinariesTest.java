package org.lesionstream.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PostgresBinariesTest {

    @Test
    void ofAnotherReleaseLieInAnotherFolder() {
        String folder = PostgresBinaries.folderName(new byte[] {1});

        assertThat(PostgresBinaries.folderName(new byte[] {1})).isEqualTo(folder);
        assertThat(PostgresBinaries.folderName(new byte[] {2})).isNotEqualTo(folder);
    }

    @Test
    void areUnpackedOnce() throws Exception {
        Path server = PostgresBinaries.unpacked().resolve("bin/postgres");
        Object first = Files.getAttribute(server, "unix:ino");

        assertThat(PostgresBinaries.unpacked().resolve("bin/postgres"))
                .isEqualTo(server)
                .isExecutable();
        assertThat(Files.getAttribute(server, "unix:ino")).isEqualTo(first);
    }
}
