package org.lesionstream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.trainer.registry.CheckpointStore;
import org.lesionstream.trainer.testing.ADraft;

class CheckpointCommandsTest {

    @TempDir
    private Path store;

    private String out = "";
    private String err = "";

    @BeforeEach
    void publishTwoVersions() throws IOException {
        CheckpointStore checkpoints = new CheckpointStore(store);
        checkpoints.publish("lesion", new ADraft("lesion", "a"));
        checkpoints.publish("lesion", new ADraft("lesion", "b"));
    }

    @Test
    void promotesAndShowsIt() throws IOException {
        assertThat(run("promote", "--checkpoint", "lesion@2", "--who", "ada", "--why", "better"))
                .isZero();
        assertThat(out).startsWith("lesion@production is lesion@2 sha256:");

        assertThat(run("list")).isZero();
        assertThat(out.lines()).hasSize(2);
        assertThat(out.lines().skip(1))
                .first()
                .asString()
                .contains("lesion@2", "production", "unet-same:base=16", "fp32");

        assertThat(run("list", "--json")).isZero();
        JsonNode versions = new ObjectMapper().readTree(out);
        assertThat(versions.at("/0/aliases")).isEmpty();
        assertThat(versions.at("/1/aliases/0").asText()).isEqualTo("production");
        assertThat(versions.at("/1/digest").asText()).matches("[0-9a-f]{64}");
    }

    @Test
    void showsWhoMovedWhatAndWhy() throws IOException {
        run("promote", "--checkpoint", "lesion@1", "--who", "ada", "--why", "first");
        run("promote", "--checkpoint", "lesion@2", "--alias", "canary", "--who", "ada", "--why", "trial");
        run("promote", "--checkpoint", "lesion@canary", "--who", "grace", "--why", "trial went well");

        assertThat(run("history", "--name", "lesion")).isZero();
        assertThat(out.lines())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("lesion@production -> 1  by ada: first"),
                        line -> assertThat(line).endsWith("lesion@canary -> 2 (in force)  by ada: trial"),
                        line -> assertThat(line)
                                .endsWith("lesion@production -> 2 (in force)  by grace: trial went well"));

        assertThat(run("history", "--name", "lesion", "--json")).isZero();
        assertThat(new ObjectMapper().readTree(out).at("/changes/2/who").asText())
                .isEqualTo("grace");
    }

    @Test
    void refusesAnUnknownVersionInOneLine() {
        assertThat(run("promote", "--checkpoint", "lesion@3", "--why", "hope")).isEqualTo(1);
        assertThat(err.strip()).isEqualTo("trainer: the store has no checkpoint lesion@3");
    }

    @Test
    void refusesAMalformedReferenceAsWrongUse() {
        assertThat(run("promote", "--checkpoint", "lesion", "--why", "hope")).isEqualTo(2);
        assertThat(err).contains("name@version");
        assertThat(run("history", "--name", "polyp")).isEqualTo(2);
        assertThat(err).contains("polyp");
    }

    private int run(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command, "--store", store.toString()));
        arguments.addAll(List.of(options));
        StringWriter printed = new StringWriter();
        StringWriter complained = new StringWriter();
        int status = TrainerCli.commandLine()
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(complained))
                .execute(arguments.toArray(String[]::new));
        out = printed.toString();
        err = complained.toString();
        return status;
    }
}
