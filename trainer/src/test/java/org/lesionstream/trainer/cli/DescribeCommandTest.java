package org.lesionstream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescribeCommandTest {

    private static final String DEEP = "unetpp-vgg:base=4,deep-supervision=true";

    private String out = "";
    private String err = "";

    @Test
    void printsALineForEachLayerAndOneForPrograms() {
        assertThat(run("--network", "unet-same:base=2", "--input", "1x32x48", "--batch", "2"))
                .as(err)
                .isZero();

        assertThat(out)
                // 32 x 48 pixels of 2 maps, each from 1 x 3 x 3 numbers
                .containsPattern("(?m)^ +inc.double_conv.0 +conv2d +1x2x32x48 +18 +27,648$")
                .containsPattern("(?m)^inc +62 +82,944$")
                .containsPattern("(?m)^ +up1.up +conv_transpose2d +1x16x4x6 +2,064 ")
                .containsPattern("(?m)^total ")
                .containsPattern(
                        "describe: network=unet-same:base=2 input=1x32x48 layers=41 parameters=[0-9]+ gmacs=0\\.[0-9]{3}"
                                + " peak-mib=[0-9.]+ all-mib=[0-9.]+ batch=2\\R$");
    }

    // sizes and costs as counted from the published networks
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "unet-vgg 3x96x96 7852545 1.962",
                "unet-uctrans 3x224x224 14751873 22.65",
                "unet-same:up=bilinear,classes=2 3x256x256 17263042 39.98",
                "unetpp-vgg 3x96x96 9163329 4.850",
                "unetpp-plain 1x96x96 9041601 4.184",
                "unetpp-nnunet:classes=2,deep-supervision=true 1x256x256 22836090 40.23",
                "unetv2 3x256x256 25145036 5.555",
                "u2netp 3x320x320 1131181 19.76",
                "uctransnet 3x224x224 66430657 38.58"
            })
    void countsWhatThePublishedNetworksCost(String network, String input, String parameters, String gmacs) {
        assertThat(run("--network", network, "--input", input)).as(err).isZero();

        assertThat(out).contains(" parameters=" + parameters + " gmacs=" + gmacs + " ");
    }

    @Test
    void theSameAsJson() throws IOException {
        assertThat(run("--network", DEEP, "--input", "3x32x32", "--json"))
                .as(err)
                .isZero();
        JsonNode whole = new ObjectMapper().readTree(out);
        assertThat(run("--network", DEEP, "--input", "3x32x32", "--json", "--prune", "L1"))
                .as(err)
                .isZero();
        JsonNode pruned = new ObjectMapper().readTree(out);

        assertThat(whole.path("part").asText()).isEqualTo("whole");
        assertThat(pruned.path("part").asText()).isEqualTo("L1");
        assertThat(whole.path("layers")).hasSize(15 * 4 + 4);
        assertThat(pruned.path("layers")).hasSize(3 * 4 + 1);
        JsonNode first = pruned.path("layers").path(0);
        assertThat(first.path("name").asText()).isEqualTo("conv0_0.conv1");
        assertThat(first.path("parameters").asLong()).isEqualTo(4 * 3 * 9 + 4);
        assertThat(first.path("multiplyAccumulates").asLong()).isEqualTo(32 * 32 * 4 * 3 * 9);
        assertThat(sum(whole, "parameters")).isEqualTo(whole.path("parameters").asLong());
        JsonNode memory = whole.path("activations");
        assertThat(memory.path("blockAllFp32").asLong())
                .isGreaterThan(memory.path("filePeakFp32").asLong());
        assertThat(memory.path("filePeak16Bit").asLong() * 2)
                .isEqualTo(memory.path("filePeakFp32").asLong());
    }

    @Test
    void refusesAnInputThatTheNetworkCannotTake() {
        assertThat(run("--network", "unetpp-vgg:base=2", "--input", "3x40x32")).isEqualTo(1);
        assertThat(err).contains("multiples of 16");
        assertThat(run("--network", "unet-same:base=2,channels=1", "--input", "3x32x32"))
                .isEqualTo(1);
        assertThat(err).contains("takes 1 channels");
        assertThat(run("--network", "unet-same", "--input", "256x256")).isEqualTo(2);
        assertThat(err).contains("3x256x256, was '256x256'");
        assertThat(run("--network", "unet-same:base=2", "--input", "3x32x32", "--prune", "L1"))
                .isEqualTo(1);
        assertThat(err).contains("deep supervision");
    }

    private static long sum(JsonNode document, String key) {
        long sum = 0;
        for (JsonNode layer : document.path("layers")) {
            sum += layer.path(key).asLong();
        }
        return sum;
    }

    private int run(String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "describe";
        System.arraycopy(options, 0, arguments, 1, options.length);
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        int status = TrainerCli.commandLine()
                .setOut(new PrintWriter(outText, true))
                .setErr(new PrintWriter(errText, true))
                .execute(arguments);
        out = outText.toString();
        err = errText.toString();
        return status;
    }
}
