package org.lesionstream.trainer.cli;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.trainer.phantom.PhantomFolder;
import org.lesionstream.trainer.phantom.PhantomSettings;
import org.lesionstream.trainer.testing.TrainerProcess;
import org.lesionstream.trainer.training.RunFile;
import org.lesionstream.trainer.training.RunProgress;
import org.lesionstream.trainer.training.RunSnapshot;

/**
 * Trainers that are ended from outside in the middle of a run, and others that go on with it: what they publish is, bit by bit, what an undisturbed trainer does.
 *
 * <p>Only the weights of the last epoch may be published, so that those of before the kill cannot stand for them.
 */
@Timeout(300)
class KilledTrainingTest {

    private static final int EPOCHS = 12;
    private static final int KILLED_BY_SIGKILL = 128 + 9;
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    /** Less than a step takes, in minutes: the run is kept after every step. */
    private static final String EVERY_STEP = "0.00002";

    /** Longer than the run takes: it is kept because the process is asked to end, or not at all. */
    private static final String NEVER = "60";

    @TempDir
    private static Path shared;

    private static Path undisturbed;

    @TempDir
    private Path store;

    @BeforeAll
    static void trainUndisturbed() throws Exception {
        new PhantomFolder(shared.resolve("phantoms")).write(new PhantomSettings(30, 1, 64, 1, 0.2), written -> {});
        undisturbed = finish(shared.resolve("store"), NEVER);
    }

    @Test
    void aRunThatWasKilledEndsWithTheSameWeights() throws Exception {
        try (TrainerProcess killed = train(store, EVERY_STEP)) {
            awaitKeptInTheMiddleOfTheSecondEpoch();
            killed.kill();
            assertThat(killed.await()).as(killed::said).isEqualTo(KILLED_BY_SIGKILL);
        }
        RunProgress kept =
                new RunFile(run("run.safetensors")).begun().orElseThrow().progress();
        assertThat(kept.finished()).isFalse();
        assertThat(kept.epoch()).isBetween(2, EPOCHS);
        assertThat(store.resolve("phantoms/1")).as("nothing is published").doesNotExist();

        assertTheSameWeights(finish(store, EVERY_STEP, "--resume"));
    }

    @Test
    void aRunThatWasAskedToEndIsKeptAndEndsWithTheSameWeights() throws Exception {
        try (TrainerProcess asked = train(store, NEVER)) {
            asked.awaitLine("epoch 2 ");
            assertThat(run("run.safetensors"))
                    .as("there was no time to keep it")
                    .doesNotExist();
            asked.terminate();
            assertThat(asked.await()).as(asked::said).isEqualTo(ENDED_BY_SIGTERM);
            assertThat(asked.said()).contains("interrupted and kept", "--resume");
        }
        assertThat(run("run.safetensors")).exists();
        assertThat(store.resolve("phantoms/1")).as("nothing is published").doesNotExist();
        assertThat(run(RunPage.NAME)).content().contains("interrupted and kept").doesNotContain("http-equiv");

        assertTheSameWeights(finish(store, NEVER, "--resume"));
        assertThat(run(RunPage.NAME))
                .content()
                .contains("all epochs are done", "Published as phantoms@1")
                .doesNotContain("http-equiv");
    }

    private static void assertTheSameWeights(Path weights) throws IOException {
        assertThat(Files.mismatch(weights, undisturbed))
                .as("first byte that differs, -1 for none")
                .isEqualTo(-1);
    }

    /** Looks at the run every time its file is replaced. */
    private void awaitKeptInTheMiddleOfTheSecondEpoch() throws Exception {
        Path file = run("run.safetensors");
        Files.createDirectories(file.getParent());
        try (WatchService replaced = file.getFileSystem().newWatchService()) {
            file.getParent().register(replaced, ENTRY_CREATE);
            Optional<RunProgress> kept = Optional.empty();
            while (kept.filter(run -> run.epoch() >= 2 && run.batches() > 0).isEmpty()) {
                WatchKey key = replaced.poll(2, TimeUnit.MINUTES);
                assertThat(key).as("the run is kept").isNotNull();
                key.pollEvents();
                key.reset();
                kept = new RunFile(file).begun().map(RunSnapshot::progress);
            }
        }
    }

    private Path run(String file) {
        return store.resolve(".runs/phantoms").resolve(file);
    }

    /** Trains to the end; gives the file of the published weights. */
    private static Path finish(Path store, String keepEvery, String... more) throws Exception {
        try (TrainerProcess trainer = train(store, keepEvery, more)) {
            assertThat(trainer.await()).as(trainer::said).isZero();
            assertThat(trainer.said()).contains("trained phantoms@1 ");
        }
        return store.resolve("phantoms/1/weights.safetensors");
    }

    private static TrainerProcess train(Path store, String keepEvery, String... more) throws IOException {
        Path phantoms = shared.resolve("phantoms");
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--images=" + phantoms.resolve("images"),
                "--masks=" + phantoms.resolve("masks"),
                "--store=" + store,
                "--name=phantoms",
                "--network=unet-same:base=4,up=bilinear",
                "--size=32",
                "--batch=4",
                "--epochs=" + EPOCHS,
                "--best-from=" + EPOCHS,
                "--keep-every=" + keepEvery));
        arguments.addAll(List.of(more));
        return TrainerProcess.start(arguments);
    }
}
