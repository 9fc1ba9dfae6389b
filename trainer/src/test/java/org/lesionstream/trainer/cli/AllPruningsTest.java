package org.lesionstream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.trainer.testing.DiscPictures;

class AllPruningsTest {

    private static final Pattern LINE =
            Pattern.compile("(?m)^pruning=(\\S+) DSC=([0-9.]+) IoU=[0-9.]+ parameters=([0-9]+) gmacs=[0-9.]+"
                    + " images-per-second=([0-9.]+) split=val cases=3$");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void drawDiscs() {
        DiscPictures.write(folder.resolve("images/train"), folder.resolve("masks/train"), 8, 40, 40, 1);
        DiscPictures.write(folder.resolve("images/val"), folder.resolve("masks/val"), 3, 40, 40, 100);
    }

    @Test
    void comparesEveryLevelAndTheAverage() throws IOException {
        assertThat(train("unetpp-vgg:base=4,deep-supervision=true"))
                .as(err::toString)
                .isZero();
        out.getBuffer().setLength(0);

        Path json = folder.resolve("prunings.json");
        assertThat(evaluate("--all-prunings", "--json", json.toString()))
                .as(err::toString)
                .isZero();

        List<MatchResult> lines = LINE.matcher(out.toString()).results().toList();
        assertThat(lines).extracting(line -> line.group(1)).containsExactly("L1", "L2", "L3", "L4", "accurate");
        List<Long> parameters =
                lines.stream().map(line -> Long.valueOf(line.group(3))).toList();
        assertThat(parameters).isSorted().doesNotHaveDuplicates();
        assertThat(lines).allSatisfy(line -> assertThat(Double.parseDouble(line.group(4)))
                .isPositive());
        assertThat(err.toString()).as("a bar without a terminal").doesNotContain("\r");
        JsonNode document = new ObjectMapper().readTree(Files.readAllBytes(json));
        assertThat(document.path("prunings")).hasSize(5);
        assertThat(document.path("prunings").path(3).path("parameters").asLong())
                .isEqualTo(parameters.get(3));

        out.getBuffer().setLength(0);
        assertThat(evaluate()).isZero();
        assertThat(out.toString())
                .as("the version answers with its last head")
                .startsWith("DSC=" + lines.get(3).group(2) + " ");
    }

    @Test
    void refusesANetworkWithoutLevels() {
        assertThat(train("unet-same:base=2")).as(err::toString).isZero();
        err.getBuffer().setLength(0);

        assertThat(evaluate("--all-prunings")).isEqualTo(1);
        assertThat(err.toString().strip())
                .contains("needs a network with deep supervision", "was unet-same:base=2,channels=3,classes=1")
                .hasLineCount(1);
        assertThat(evaluate("--all-prunings", "--precision", "bf16")).isEqualTo(2);
    }

    private int train(String network) {
        return run("train", "--name", "discs", "--network", network, "--epochs", "1", "--size", "32", "--batch", "4");
    }

    private int evaluate(String... more) {
        List<String> arguments = new ArrayList<>(List.of("evaluate", "--checkpoint", "discs@1"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        for (String option : List.of("images", "masks", "store")) {
            all.addAll(List.of("--" + option, folder.resolve(option).toString()));
        }
        return TrainerCli.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
