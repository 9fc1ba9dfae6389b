package org.lesionstream.worker.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.Failures.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.message.FailureCode;

class FolderSinkTest {
    @TempDir
    private Path folder;

    @Test
    void putsFilesInThePlaceOfTheFormerAndLeavesNothingElse() throws IOException {
        FolderSink sink = new FolderSink(folder.resolve("results"));

        sink.put("c/lesion@1", List.of(new ResultFile("a.png", ResultFile.PNG, new byte[] {1})));
        sink.put("c/lesion@1", List.of(new ResultFile("a.png", ResultFile.PNG, new byte[] {2, 3})));

        try (Stream<Path> files = Files.walk(folder.resolve("results"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .singleElement()
                    .isEqualTo(folder.resolve("results/c/lesion@1/a.png"));
        }
        assertThat(folder.resolve("results/c/lesion@1/a.png")).hasBinaryContent(new byte[] {2, 3});
    }

    @Test
    void mayBeTriedAgainWhereNothingCanBeWritten() throws IOException {
        Path inTheWay = Files.createFile(folder.resolve("file"));

        assertFails(FailureCode.RESULT_SINK_UNAVAILABLE, "sink", () -> new FolderSink(inTheWay)
                .put("c", List.of(new ResultFile("a.png", ResultFile.PNG, new byte[] {1}))));
    }
}
