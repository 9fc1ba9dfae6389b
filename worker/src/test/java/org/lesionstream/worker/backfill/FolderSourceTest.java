package org.lesionstream.worker.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lesionstream.worker.backfill.MadeManifest.all;
import static org.lesionstream.worker.backfill.MadeManifest.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderSourceTest {
    private static final JobMaker JOBS = MadeManifest.jobs("lesion@7");

    @TempDir
    private Path folder;

    @BeforeEach
    void fill() throws IOException {
        for (String name : List.of(
                "b/2.png",
                "b/1.PNG",
                "b/10.jpeg",
                "a.tif",
                "c.bmp",
                "c.txt",
                ".hidden.png",
                ".cache/x.png",
                "d/e/f.jpg")) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), "x");
        }
        Files.createDirectories(folder.resolve("folder.png"));
        Files.createSymbolicLink(folder.resolve("link.png"), folder.resolve("a.tif"));
        Files.createSymbolicLink(folder.resolve("nowhere.png"), folder.resolve("absent"));
        Files.createSymbolicLink(folder.resolve("d/up"), folder);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void walksInTheOrderOfNamesWhateverFitsInMemory(int window) throws IOException {
        List<SourceLine> lines = all(new FolderSource(folder.toRealPath(), JOBS, window));
        assertThat(lines)
                .extracting(line -> folder.toRealPath()
                        .relativize(Path.of(job(line).image().uri().orElseThrow()))
                        .toString())
                .containsExactly("a.tif", "b/1.PNG", "b/10.jpeg", "b/2.png", "c.bmp", "d/e/f.jpg", "link.png");
        assertThat(lines).extracting(SourceLine::number).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void countsWhatItWalks() throws IOException {
        assertThat(FolderSource.count(folder)).isEqualTo(7);
    }

    @Test
    void refusesWhatIsNoFolder() {
        assertThatThrownBy(() -> FolderSource.open(folder.resolve("absent"), JOBS))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> FolderSource.open(folder.resolve("a.tif"), JOBS))
                .isInstanceOf(NotDirectoryException.class);
    }

    @Test
    void aFolderThatCannotBeReadIsOneRefusedEntryWithoutItsName() {
        List<SourceLine> lines = all(new FolderSource(folder.resolve("absent"), JOBS, 100));
        assertThat(lines).hasSize(1);
        assertThat(MadeManifest.refusal(lines.get(0)))
                .contains("NoSuchFileException")
                .doesNotContain("absent");
    }
}
