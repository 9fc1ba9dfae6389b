package org.lesionstream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.lesionstream.trainer.precision.TrainingPrecision;

class BenchmarkCommandTest {

    private String out = "";
    private String err = "";

    @Test
    void printsATableOfNetworksAndBatches() {
        assertThat(run(
                        "--network",
                        "unetpp-vgg:base=2",
                        "--input",
                        "1x32x48",
                        "--network",
                        "unet-same:base=2",
                        "--size",
                        "32",
                        "--batch",
                        "1,2",
                        "--without",
                        "bf16"))
                .as(err)
                .isZero();

        List<String> lines = out.lines().toList();
        assertThat(lines).hasSize(2 + 4 + 4);
        assertThat(lines.get(0))
                .isEqualTo("| network | batch | size | block fp32 images/s | export fp32 images/s | fp32 : block |");
        assertThat(lines.get(1)).isEqualTo("| --- | ---: | ---: | ---: | ---: | ---: |");
        assertThat(lines.get(3)).matches("\\| unetpp-vgg:base=2,channels=1 \\| 2 \\| 32x48( \\| [0-9.]+){3} \\|");
        assertThat(lines.get(4)).startsWith("| unet-same:base=2 | 1 | 32 |");
        assertThat(lines.get(9))
                .matches("benchmark: network=unet-same:base=2 batch=2 size=32 threads=2"
                        + " block-ms=[0-9.]+ fp32-ms=[0-9.]+ fp32-ratio=[0-9.]+");
    }

    @Test
    void leavesOutTheBlockAndWithItTheRatios() {
        assertThat(run("--network", "unet-same:base=2", "--size", "32", "--without", "block,bf16"))
                .as(err)
                .isZero();

        assertThat(out.lines().toList())
                .hasSize(2)
                .last()
                .asString()
                .matches("benchmark: network=unet-same:base=2 batch=4 size=32 threads=2 fp32-ms=[0-9.]+");
        assertThat(run("--network", "unet-same:base=2", "--without", "block,fp32,bf16"))
                .isEqualTo(2);
        assertThat(err).contains("must leave something");
    }

    @Test
    void refusesASizeBeforeAnythingIsTimed() {
        assertThat(run("--network", "unet-same:base=2", "--network", "unetpp-vgg:base=2", "--size", "40"))
                .isEqualTo(1);

        assertThat(out).isEmpty();
        assertThat(err).contains("unetpp-vgg:base=2 cannot be run on images of 40 x 40", "multiples of 16");
    }

    @Test
    void measuresTheMemoryOfProcessesOfTheirOwn() {
        assertThat(run("--memory", "--network", "unetpp-vgg:base=8", "--size", "128", "--batch", "4"))
                .as(err)
                .isZero();

        Matcher line = Pattern.compile("benchmark-memory: network=unetpp-vgg:base=8 batch=4 size=128"
                        + " block-mib=([0-9]+) file-mib=([0-9]+) ratio=([0-9.]+)")
                .matcher(out.lines().reduce((first, second) -> second).orElseThrow());
        assertThat(line.matches()).as(out).isTrue();
        double block = Double.parseDouble(line.group(1));
        double file = Double.parseDouble(line.group(2));
        // The block keeps about 140 MiB of intermediate results, the file a fifth of that at once.
        assertThat(block).isGreaterThan(file + 50);
        assertThat(file).isGreaterThan(50);
        assertThat(Double.parseDouble(line.group(3)))
                .isCloseTo(block / file, org.assertj.core.api.Assertions.within(0.02));
        assertThat(out).containsPattern("(?m)^block +peak +[0-9]+ MiB, of which idle with weights +[0-9]+ MiB$");
    }

    @Test
    void timesStepsOfTraining() {
        assertThat(run("--train", "--network", "unet-same:base=2", "--size", "32", "--batch", "1,2"))
                .as(err)
                .isZero();

        boolean mixed = TrainingPrecision.MIXED.isFast();
        int variants = mixed ? 4 : 3;
        List<String> lines = out.lines().toList();
        assertThat(lines).hasSize(2 * (variants + 1));
        assertThat(lines.get(0))
                .matches("channels-first +step min +[0-9.]+ ms +median +[0-9.]+ ms +[0-9.]+ images/s"
                        + " +least: forward [0-9.]+, loss [0-9.]+, backward [0-9.]+, update [0-9.]+");
        assertThat(lines.get(2 * variants + 1))
                .matches("benchmark-train: network=unet-same:base=2 batch=2 size=32 threads=2 channels-first-ms=[0-9.]+"
                        + " channels-last-images-ms=[0-9.]+ channels-last-images-ratio=[0-9.]+"
                        + " channels-last-ms=[0-9.]+ channels-last-ratio=[0-9.]+"
                        + (mixed ? " mixed-ms=[0-9.]+ mixed-ratio=[0-9.]+" : ""));
        assertThat(err.contains("mixed is left out")).isEqualTo(!mixed);
    }

    @Test
    void leavesStepsInBfloat16OutWhenItIsTold() {
        assertThat(run("--train", "--network", "unet-same:base=2", "--size", "32", "--batch", "1", "--without", "bf16"))
                .as(err)
                .isZero();

        assertThat(out).doesNotContain("mixed").contains("channels-last-ratio=");
    }

    private int run(String... options) {
        List<String> arguments = new ArrayList<>(List.of("benchmark", "--rounds", "1"));
        arguments.addAll(List.of(options));
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        int status = TrainerCli.commandLine()
                .setOut(new PrintWriter(outText, true))
                .setErr(new PrintWriter(errText, true))
                .execute(arguments.toArray(String[]::new));
        out = outText.toString();
        err = errText.toString();
        return status;
    }
}
