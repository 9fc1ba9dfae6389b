package org.lesionstream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.MessageCodec;

class AddressesTest {

    @TempDir
    private Path folder;

    private final CheckpointReference checkpoint = CheckpointReference.parse("lesion@production");

    @Test
    void nameEveryPartAndTheFoldersThatTheWorkerReads() {
        assertThat(String.join("\n", lines(Path.of("/pictures/a.png"))))
                .contains("http://localhost:1", "localhost:2", "jdbc:x", "/store", "/report.html", "/pictures or /bad");
    }

    @Test
    void giveACommandThatAShellReadsAsAValidJobWhateverTheNameOfThePicture() throws Exception {
        Path picture = folder.resolve("Müller's $HOME \"1\".png");
        String curl = lines(picture).stream()
                .filter(line -> line.contains(" -d "))
                .findFirst()
                .orElseThrow();

        ImageJob job = new MessageCodec().readJob(lastWord(curl));

        assertThat(Path.of(job.image().uri().orElseThrow())).isEqualTo(picture);
        assertThat(job.checkpoint()).isEqualTo(checkpoint);
        assertThat(curl).contains(" http://localhost:1/api/jobs ");
    }

    private List<String> lines(Path picture) {
        return new Addresses(
                        URI.create("http://localhost:1"),
                        "localhost:2",
                        "jdbc:x",
                        Path.of("/store"),
                        Path.of("/report.html"),
                        List.of(Path.of("/pictures"), Path.of("/bad")))
                .lines(checkpoint, picture);
    }

    /** What a program gets as its last argument from the shell. */
    private static byte[] lastWord(String command) throws IOException {
        String script = "for word in " + command.strip() + "; do :; done; printf %s \"$word\"";
        Process shell = new ProcessBuilder("sh", "-c", script).start();
        String word = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return word.getBytes(StandardCharsets.UTF_8);
    }
}
