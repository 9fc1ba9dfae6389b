package org.lesionstream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.trainer.testing.KilledTrainer;

/** {@code train --resume} and {@code --restart} after a kill, on made-up lesions. */
class TrainResumeTest {

    private static final String[] KEPT_OFTEN = {"--keep-every", "0.00002"};

    @TempDir
    private static Path folder;

    private final PhantomTraining trainer = new PhantomTraining(folder);

    @BeforeAll
    static void draw() {
        new PhantomTraining(folder).draw();
    }

    @Test
    void aKilledRunIsNeitherForgottenNorMistakenForAnother() throws Exception {
        KilledTrainer.run("epoch 2 ", trainer.arguments("killed", KEPT_OFTEN));
        Path state = trainer.store().resolve(".runs/killed/run.safetensors");
        byte[] kept = Files.readAllBytes(state);

        assertThat(trainer.train("killed")).isEqualTo(1);
        assertThat(trainer.err())
                .contains(".runs/killed and not finished: go on with it by --resume, or throw it away by --restart");
        assertThat(trainer.train("killed", "--resume", "--loss", "cross-entropy"))
                .isEqualTo(1);
        assertThat(trainer.err())
                .contains(
                        ".runs/killed was begun with --loss \"",
                        "now it is \"cross-entropy\"; resume with the same settings, or begin anew with --restart");
        assertThat(trainer.train("killed", "--resume", "--images", imagesWithOneFewer()))
                .isEqualTo(1);
        assertThat(trainer.err())
                .contains("the pictures or masks are not those that the run", "begin anew with --restart");
        assertThat(trainer.train("killed", "--resume", "--restart")).isEqualTo(2);
        assertThat(trainer.err()).contains("--resume, --restart are mutually exclusive");
        assertThat(Files.readAllBytes(state)).as("a refusal changes nothing").isEqualTo(kept);

        assertThat(trainer.train("killed", "--resume")).as(trainer::err).isZero();
        assertThat(trainer.err())
                .contains("going on with the run in", "epoch 2  loss")
                .doesNotContain("epoch 1  loss");
        assertThat(trainer.train("whole")).as(trainer::err).isZero();
        assertThat(weights("killed/1")).isEqualTo(weights("whole/1"));
        assertThat(state).doesNotExist();
    }

    @Test
    void restartBeginsAnewWithOtherSettings() throws Exception {
        KilledTrainer.run("epoch 2 ", trainer.arguments("anew", KEPT_OFTEN));
        assertThat(trainer.train("anew", "--restart", "--epochs", "1", "--loss", "cross-entropy"))
                .as(trainer::err)
                .isZero();
        assertThat(trainer.err()).contains("epoch 1  loss").doesNotContain("going on", "epoch 2");
    }

    @Test
    void resumeBeginsWhereNothingWasBegun() {
        assertThat(trainer.train("fresh", "--resume", "--epochs", "1"))
                .as(trainer::err)
                .isZero();
        assertThat(trainer.err()).doesNotContain("going on");
    }

    @Test
    void foldsThatAreTrainedAreNotTrainedAgain() throws Exception {
        KilledTrainer.run(
                "fold 2 of 2(?s:.*)epoch 2 ", trainer.arguments("folds", "--folds", "2", KEPT_OFTEN[0], KEPT_OFTEN[1]));
        assertThat(trainer.train("folds", "--folds", "2")).isEqualTo(1);
        assertThat(trainer.err()).contains(".runs/folds/fold-1 and not finished: go on with it by --resume");

        assertThat(trainer.train("folds", "--folds", "2", "--resume"))
                .as(trainer::err)
                .isZero();
        assertThat(trainer.err().lines().filter(line -> line.startsWith("epoch 1  loss")))
                .as("both folds had their first epoch before the kill")
                .isEmpty();
        assertThat(trainer.train("whole-folds", "--folds", "2"))
                .as(trainer::err)
                .isZero();
        assertThat(weights("folds/1")).isEqualTo(weights("whole-folds/1"));
    }

    private static String imagesWithOneFewer() throws IOException {
        Path fewer = folder.resolve("fewer");
        for (String split : new String[] {"train", "val"}) {
            Files.createDirectories(fewer.resolve(split));
            try (var pictures = Files.list(folder.resolve("images").resolve(split))) {
                for (Path picture : pictures.sorted().skip(1).toList()) {
                    Files.copy(picture, fewer.resolve(split).resolve(picture.getFileName()));
                }
            }
        }
        return fewer.toString();
    }

    private byte[] weights(String version) throws IOException {
        return Files.readAllBytes(trainer.store().resolve(version).resolve("weights.safetensors"));
    }
}
