package org.lesionstream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.trainer.data.CaseFiles;
import org.lesionstream.trainer.data.CaseIndex;
import org.lesionstream.trainer.weights.SafetensorsFile;

/** What {@code train} can begin with, learn from and make, on made-up lesions. */
class TrainCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private final PhantomTraining trainer = new PhantomTraining(folder);

    @BeforeAll
    static void trainOne() {
        PhantomTraining first = new PhantomTraining(folder);
        first.draw();
        assertThat(first.train("first")).as(first::err).isZero();
    }

    @Test
    void foldsMakeOneNetworkThatEveryCaseJudges() throws IOException {
        assertThat(trainer.train("folds", "--folds", "3")).as(trainer::err).isZero();

        assertThat(trainer.err())
                .contains(
                        "fold 1 of 3: 16 cases teach, 8 judge",
                        "fold 2 of 3: 16 cases teach, 8 judge",
                        "fold 3 of 3: 16 cases teach, 8 judge");
        assertThat(trainer.out()).matches("trained folds@1 digest=[0-9a-f]{64} cross-validation-dice=0\\.\\d{4}\\R");
        assertThat(json("folds/1/metrics.json").at("/cross-validation/cases").asInt())
                .isEqualTo(24);
        JsonNode training = json("folds/1/training.json");
        assertThat(training.path("folds")).hasSize(3);
        JsonNode network = json("folds/1/manifest.json").path("network");
        assertThat(network.path("name").asText()).isEqualTo("ensemble");
        assertThat(network.at("/options/members").asText()).isEqualTo("3");
        assertThat(network.at("/options/of").asText()).isEqualTo("unet-same");
        assertThat(trainer.store().resolve(".runs/folds/fold-1/run.safetensors"))
                .doesNotExist();
    }

    @Test
    void refusesMoreFoldsThanCases() {
        assertThat(trainer.train("many", "--folds", "25")).isEqualTo(1);
        assertThat(trainer.err()).contains("folds must be from 2 to the number of groups, 24, was 25");
    }

    @Test
    void beginsWithTheWeightsOfAVersion() throws IOException {
        assertThat(trainer.train("second", "--from", "first@1"))
                .as(trainer::err)
                .isZero();

        assertThat(trainer.err()).contains("--from: " + arrays("first/1") + " arrays taken over; nothing drawn anew");
        assertThat(json("second/1/training.json").path("network"))
                .isEqualTo(json("first/1/training.json").path("network"));
        assertThat(weights("second/1"))
                .as("the seed is the same, the start is not")
                .isNotEqualTo(weights("first/1"));
        assertThat(trainer.run(
                        "history",
                        "--checkpoint",
                        "second@1",
                        "--store",
                        trainer.store().toString()))
                .as(trainer::err)
                .isZero();
        assertThat(trainer.out()).containsPattern("second@1 .* tuned, [^\n]*\n\\+- first@1 .* trained, ");
    }

    @Test
    void headsForOtherClassesAreDrawnAndNamed() throws IOException {
        Path masks = folder.resolve("upper-and-lower");
        for (CaseFiles files : CaseIndex.scan(folder.resolve("images"), folder.resolve("masks"))
                .all()) {
            writeUpperAndLower(
                    files.mask(), masks.resolve(folder.resolve("masks").relativize(files.mask())));
        }

        assertThat(trainer.train("halves", "--from", "first@1", "--masks", masks.toString()))
                .as(trainer::err)
                .isZero();

        assertThat(trainer.err())
                .contains("--from: " + (arrays("first/1") - 2)
                        + " arrays taken over; heads drawn anew for classes=3 in place of 1: outc.conv");
        assertThat(json("halves/1/manifest.json").path("classes")).hasSize(2);
    }

    @Test
    void refusesToBeginWithAnotherNetwork() {
        assertThat(trainer.train("other", "--from", "first@1", "--network", "unet-vgg:base=2"))
                .isEqualTo(1);
        assertThat(trainer.err()).contains("missing: conv0_0").contains("unexpected: inc.double_conv");
        assertThat(trainer.store().resolve("other/1")).doesNotExist();
    }

    @Test
    void anIndexTeachesAsFoldersDo() throws IOException {
        assertThat(trainer.train(
                        "indexed", "--index", folder.resolve("index.csv").toString()))
                .as(trainer::err)
                .isZero();
        assertThat(weights("indexed/1")).isEqualTo(weights("first/1"));
        assertThat(json("indexed/1/training.json").path("data"))
                .isEqualTo(json("first/1/training.json").path("data"));
    }

    @Test
    void columnsKeepGroupsTogether() throws IOException {
        List<String> rows = Files.readAllLines(folder.resolve("index.csv"));
        List<String> patients = rows.stream()
                .map(row -> row + (row.startsWith("image,") ? ",patient" : ",the only one"))
                .toList();
        String index = Files.write(folder.resolve("patients.csv"), patients).toString();

        assertThat(trainer.train("patients", "--index", index, "--columns", "group=patient"))
                .isEqualTo(1);
        assertThat(trainer.err()).contains("the group the only one would both teach and judge");
        assertThat(trainer.train("patients", "--index", index, "--columns", "patient=group"))
                .isEqualTo(1);
        assertThat(trainer.err()).contains("columns can be named for [group, image, mask, split], not for [patient]");
        assertThat(trainer.store().resolve("patients/1")).doesNotExist();
    }

    /** Makes lesions of a black and white mask label 1 in the upper half of the picture and 2 in the lower. */
    private static void writeUpperAndLower(Path mask, Path file) throws IOException {
        BufferedImage picture = ImageIO.read(mask.toFile());
        WritableRaster values = picture.getRaster();
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int label = y < picture.getHeight() / 2 ? 1 : 2;
                values.setSample(x, y, 0, values.getSample(x, y, 0) == 0 ? 0 : label);
            }
        }
        Files.createDirectories(file.getParent());
        ImageIO.write(picture, "png", file.toFile());
    }

    private int arrays(String version) throws IOException {
        return SafetensorsFile.read(trainer.store().resolve(version).resolve("weights.safetensors"))
                .tensors()
                .size();
    }

    private byte[] weights(String version) throws IOException {
        return Files.readAllBytes(trainer.store().resolve(version).resolve("weights.safetensors"));
    }

    private JsonNode json(String file) throws IOException {
        return JSON.readTree(trainer.store().resolve(file).toFile());
    }
}
