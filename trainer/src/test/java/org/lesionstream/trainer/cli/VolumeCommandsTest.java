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
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.trainer.testing.Volumes;

/** The commands on volumes in floating point: from files to a checkpoint to its scores, slice by slice. */
class VolumeCommandsTest {

    private static final int SIDE = 24;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void drawBalls() {
        for (String name : List.of("train/a", "train/b", "val/c")) {
            Volumes.ball(folder.resolve("images"), folder.resolve("masks"), name, SIDE);
        }
    }

    @Test
    void trainsAndScoresSlices() throws IOException {
        List<String> training = arguments("train", "--store", folder.resolve("store"), "--name", "balls");
        training.addAll(
                List.of("--network", "unet-same:base=4,depth=2", "--epochs", "6", "--batch", "8", "--seed", "1"));
        assertThat(run(training)).as(err::toString).isZero();
        assertThat(err.toString()).contains("48 cases teach, 24 judge");

        out.getBuffer().setLength(0);
        List<String> scoring =
                arguments("evaluate", "--store", folder.resolve("store"), "--json", folder.resolve("s.json"));
        scoring.addAll(List.of(
                "--checkpoint", "balls@1", "--save-masks", folder.resolve("out").toString()));
        assertThat(run(scoring)).as(err::toString).isZero();

        assertThat(out.toString()).contains("split=val cases=24");
        JsonNode cases =
                new ObjectMapper().readTree(folder.resolve("s.json").toFile()).path("cases");
        assertThat(cases).hasSize(SIDE);
        assertThat(cases.get(SIDE - 1).path("name").asText()).isEqualTo("c/024");
        assertThat(MaskPng.decode(Files.readAllBytes(folder.resolve("out/c/012.png")))
                        .height())
                .isEqualTo(SIDE);
    }

    @Test
    void drawsSlices() throws IOException {
        Path sheet = folder.resolve("sheet.png");
        List<String> preview = arguments("preview", "--out", sheet, "--count", 4);
        preview.addAll(List.of("--network", "unet-same:base=4", "--versions", "1"));
        assertThat(run(preview)).as(err::toString).isZero();
        assertThat(out.toString()).startsWith("preview pictures=4 epochs=1");
        assertThat(ImageIO.read(sheet.toFile()).getHeight()).isGreaterThan(4 * SIDE);
    }

    @Test
    void saysWhichVolumeHasAnotherSizeThanItsMask() {
        Volumes.bytes(folder.resolve("masks/val/c.nii.gz"), SIDE, SIDE, SIDE - 1, (column, row, slice) -> 0);
        assertThat(run(arguments("preview", "--out", folder.resolve("sheet.png"))))
                .isNotZero();
        assertThat(err.toString())
                .contains("masks/val/c.nii.gz has 24x24x23 voxels")
                .contains("images/val/c.nii.gz has 24x24x24 voxels");
    }

    private List<String> arguments(String command, Object... options) {
        List<String> all = new ArrayList<>(List.of(command));
        for (Object option : options) {
            all.add(option.toString());
        }
        all.addAll(List.of("--images", folder.resolve("images").toString()));
        all.addAll(List.of("--masks", folder.resolve("masks").toString()));
        return all;
    }

    private int run(List<String> arguments) {
        return TrainerCli.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
