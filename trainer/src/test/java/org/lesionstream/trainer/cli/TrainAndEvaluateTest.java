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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.ManifestCodec;
import org.lesionstream.schemas.image.GeometryKind;
import org.lesionstream.trainer.precision.TrainingPrecision;
import org.lesionstream.trainer.testing.DiscPictures;

/** The commands on pictures that a test can draw: from files to a published checkpoint to its scores. */
class TrainAndEvaluateTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void drawDiscs() {
        DiscPictures.write(folder.resolve("images/train"), folder.resolve("masks/train"), 16, 48, 40, 1);
        DiscPictures.write(folder.resolve("images/val"), folder.resolve("masks/val"), 4, 48, 40, 100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fit", "tiles"})
    void publishesWhatItTrainedAndScoresTheExportedFile(String geometry) throws IOException {
        assertThat(train("--epochs", "6", "--geometry", geometry))
                .as(err::toString)
                .isZero();

        CheckpointManifest manifest = ManifestCodec.read(folder.resolve("store/discs/1/manifest.json"));
        assertThat(manifest.input().geometry().name()).isEqualToIgnoringCase(geometry);
        String digest = manifest.digest().hex();
        assertThat(out.toString()).matches("trained discs@1 digest=" + digest + " val-dice=0\\.[0-9]{4}\\R");
        double dice = number(out.toString(), "val-dice=");
        assertThat(dice).isGreaterThan(0.8);

        JsonNode training = json("store/discs/1/training.json");
        assertThat(training.path("seed").asLong()).isEqualTo(1);
        assertThat(training.path("curve")).hasSize(6);
        assertThat(training.path("data").path("sha256").asText()).hasSize(64);
        int best = training.path("bestEpoch").asInt();
        double asBlock =
                training.path("curve").get(best - 1).path("validationDice").asDouble();
        assertThat(Math.abs(asBlock - dice))
                .as("the exported file scores like the network")
                .isLessThan(0.005);

        out.getBuffer().setLength(0);
        assertThat(evaluate()).as(err::toString).isZero();
        assertThat(out.toString()).startsWith("DSC=");
        assertThat(number(out.toString(), "DSC=")).isEqualTo(dice);
        JsonNode scores = json("scores.json");
        assertThat(scores.path("digest").asText()).isEqualTo(digest);
        assertThat(scores.path("cases")).hasSize(4);
        assertThat(Files.readString(folder.resolve("page.html")))
                .contains("data:image/png;base64,", "disc-000", digest)
                .doesNotContain("http");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unet-valid:base=2,depth=2",
                "unetpp-preact:base=2",
                "unetpp-nnunet:base=2",
                "unetv2:width=4,deep-supervision=true,dims=8/8/10/12,attention-heads=1/2/2/2,depths=1/1/1/1",
                "unetv2:width=4,dims=8/8/10/12,attention-heads=1/2/2/2,depths=1/1/1/1",
                "uctransnet:base=4,heads=1,layers=1,size=32",
                "u2netp:scale=8"
            })
    void everyKindOfNetworkTrains(String network) throws IOException {
        assertThat(train("--epochs", "1", "--network", network, "--size", network.contains("valid") ? "76" : "64"))
                .as(err::toString)
                .isZero();

        JsonNode training = json("store/discs/1/training.json");
        assertThat(training.path("curve").get(0).path("trainingLoss").asDouble())
                .isPositive();
        assertThat(folder.resolve("store/discs/1/model.fp16.pt")).exists();
    }

    @Test
    void theSameSeedTrainsTheSameWeights() throws IOException {
        assertThat(train("--epochs", "2")).isZero();
        assertThat(train("--epochs", "2")).isZero();
        assertThat(train("--epochs", "2", "--seed", "2")).isZero();
        byte[] first = Files.readAllBytes(folder.resolve("store/discs/1/weights.safetensors"));
        assertThat(Files.readAllBytes(folder.resolve("store/discs/2/weights.safetensors")))
                .isEqualTo(first);
        assertThat(Files.readAllBytes(folder.resolve("store/discs/3/weights.safetensors")))
                .isNotEqualTo(first);
    }

    @Test
    void trainsInMixedPrecisionWhereTheProcessorCan() throws IOException {
        int status = train("--epochs", "6", "--precision", "mixed");

        if (TrainingPrecision.MIXED.isFast()) {
            assertThat(status).as(err::toString).isZero();
            assertThat(number(out.toString(), "val-dice=")).isGreaterThan(0.8);
            assertThat(json("store/discs/1/recipe.json")
                            .path("settings")
                            .path("precision")
                            .path("value")
                            .asText())
                    .isEqualTo("mixed");
        } else {
            assertThat(status).isEqualTo(1);
            assertThat(err.toString().strip()).contains("--precision fp32").hasLineCount(1);
        }
    }

    @Test
    void refusesAPrecisionThatDoesNotExistAsWrongUse() {
        assertThat(train("--epochs", "1", "--precision", "bf16")).isEqualTo(2);
        assertThat(err.toString()).contains("--precision: must be fp32 or mixed, was \"bf16\"");
    }

    @Test
    void publishesNothingWhenAPictureHasNoMask() throws IOException {
        Files.delete(folder.resolve("masks/train/disc-003.png"));
        assertThat(train("--epochs", "1")).isEqualTo(1);
        assertThat(err.toString().strip()).contains("no mask", "disc-003").hasLineCount(1);
        assertThat(folder.resolve("store")).doesNotExist();
    }

    @Test
    void refusesANetworkThatDoesNotExistAsWrongUse() {
        assertThat(train("--epochs", "1", "--network", "unet-imaginary")).isEqualTo(2);
        assertThat(err.toString()).contains("unet-imaginary");
    }

    @Test
    void refusesANameThatNoVersionCanHaveBeforeItTrains() {
        assertThat(train("--epochs", "1", "--name", "Discs/1")).isEqualTo(2);
        assertThat(err.toString()).contains("--name", "Discs/1").doesNotContain("teach");
    }

    @Test
    void refusesAStoreThatCannotBeWrittenBeforeItTrains() throws IOException {
        Files.writeString(folder.resolve("store"), "a file where the folder should be");
        assertThat(train("--epochs", "1")).isEqualTo(1);
        assertThat(err.toString().strip())
                .contains("cannot write to the store's folder", "discs")
                .hasLineCount(1);
    }

    @Test
    void smallPicturesAreTilesWithoutBeingTold() throws IOException {
        assertThat(run(
                        "train",
                        "--images",
                        folder.resolve("images").toString(),
                        "--masks",
                        folder.resolve("masks").toString(),
                        "--store",
                        folder.resolve("store").toString(),
                        "--name",
                        "discs",
                        "--network",
                        "unet-same:base=2,up=bilinear",
                        "--epochs",
                        "1"))
                .as(err::toString)
                .isZero();
        CheckpointManifest manifest = ManifestCodec.read(folder.resolve("store/discs/1/manifest.json"));
        assertThat(manifest.input().geometry()).isEqualTo(GeometryKind.TILES);
        assertThat(manifest.input().height()).isEqualTo(48);
    }

    private int train(String... more) {
        String[] common = {
            "train",
            "--images",
            folder.resolve("images").toString(),
            "--masks",
            folder.resolve("masks").toString(),
            "--store",
            folder.resolve("store").toString(),
            "--batch",
            "4",
            "--learning-rate",
            "0.01"
        };
        List<String> arguments = new ArrayList<>(List.of(common));
        if (!List.of(more).contains("--name")) {
            arguments.addAll(List.of("--name", "discs"));
        }
        if (!List.of(more).contains("--size")) {
            arguments.addAll(List.of("--size", "32"));
        }
        if (!List.of(more).contains("--network")) {
            arguments.addAll(List.of("--network", "unet-same:base=4,up=bilinear"));
        }
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int evaluate() {
        return run(
                "evaluate",
                "--checkpoint",
                "discs@1",
                "--store",
                folder.resolve("store").toString(),
                "--images",
                folder.resolve("images").toString(),
                "--masks",
                folder.resolve("masks").toString(),
                "--json",
                folder.resolve("scores.json").toString(),
                "--html",
                folder.resolve("page.html").toString());
    }

    private int run(String... arguments) {
        return TrainerCli.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private JsonNode json(String file) throws IOException {
        return JSON.readTree(Files.readAllBytes(folder.resolve(file)));
    }

    private static double number(String text, String key) {
        Matcher number = Pattern.compile(Pattern.quote(key) + "([0-9.]+)").matcher(text);
        assertThat(number.find()).as(text).isTrue();
        return Double.parseDouble(number.group(1));
    }
}
