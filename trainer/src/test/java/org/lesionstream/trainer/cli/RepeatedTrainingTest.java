package org.lesionstream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.trainer.testing.KilledTrainer;

/** {@code train --repeat} on made-up lesions. */
class RepeatedTrainingTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static PhantomTraining whole;

    @BeforeAll
    static void trainTwiceWithoutABreak() {
        whole = new PhantomTraining(folder);
        whole.draw();
        assertThat(whole.train("whole", "--repeat", "2", "--seed", "3"))
                .as(whole::err)
                .isZero();
    }

    @Test
    void publishesEverySeedAndSaysMeanAndSpread() throws IOException {
        double first = dice("whole/1");
        double second = dice("whole/2");
        assertThat(whole.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("trained whole@1 digest="),
                        line -> assertThat(line).startsWith("trained whole@2 digest="),
                        line -> assertThat(line).isEqualTo(run(3, 1, first)),
                        line -> assertThat(line).isEqualTo(run(4, 2, second)),
                        line -> assertThat(line).matches("repeated runs=2 val-dice=0\\.\\d{4} val-dice-sd=0\\.\\d{4}"));
        assertThat(first).isNotEqualTo(second);
        assertThat(number("val-dice=")).isEqualTo((first + second) / 2, within(0.00006));
        assertThat(number("val-dice-sd=")).isEqualTo(Math.abs(first - second) / Math.sqrt(2), within(0.00006));
        assertThat(whole.store().resolve(".runs/whole/seed-3/published.json")).doesNotExist();
    }

    @Test
    void everyNetworkIsWhatItsSeedAloneMakes() throws IOException {
        PhantomTraining alone = new PhantomTraining(folder);
        assertThat(alone.train("alone", "--seed", "4")).as(alone::err).isZero();
        assertThat(weights("alone/1")).isEqualTo(weights("whole/2")).isNotEqualTo(weights("whole/1"));
    }

    @Test
    void goesOnAfterAKillWithoutTrainingAnyNetworkTwice() throws Exception {
        KilledTrainer.run(
                "seed 4, 2 of 2(?s:.*)epoch 1 ",
                whole.arguments("killed", "--repeat", "2", "--seed", "3", "--keep-every", "0.00002"));
        assertThat(whole.store().resolve("killed/1")).exists();
        assertThat(whole.store().resolve("killed/2")).doesNotExist();

        PhantomTraining again = new PhantomTraining(folder);
        assertThat(again.train("killed", "--repeat", "2", "--seed", "3")).isEqualTo(1);
        assertThat(again.err())
                .contains(
                        "a run was begun in",
                        "killed/seed-3 and not finished: go on with it by --resume, or throw it away by --restart");
        assertThat(again.train("killed", "--repeat", "2", "--seed", "3", "--resume", "--epochs", "5"))
                .isEqualTo(1);
        assertThat(again.err())
                .as("networks of one comparison have one budget")
                .contains("killed/seed-3 was begun with --epochs \"4\", now it is \"5\"");

        assertThat(again.train("killed", "--repeat", "2", "--seed", "3", "--resume"))
                .as(again::err)
                .isZero();
        assertThat(again.err()).contains("published already, as version 1");
        assertThat(again.out().lines().filter(line -> line.startsWith("trained ")))
                .as("published now")
                .singleElement()
                .asString()
                .startsWith("trained killed@2 ");
        assertThat(results(again).map(line -> line.replace("killed@", "whole@")))
                .containsExactlyElementsOf(results(whole).toList());
        assertThat(weights("killed/1")).isEqualTo(weights("whole/1"));
        assertThat(weights("killed/2")).isEqualTo(weights("whole/2"));
        assertThat(whole.store().resolve("killed/3")).doesNotExist();
    }

    @Test
    void refusesToRepeatFolds() {
        PhantomTraining both = new PhantomTraining(folder);
        assertThat(both.train("both", "--repeat", "2", "--folds", "2")).isEqualTo(2);
        assertThat(both.err()).contains("--folds=K", "--repeat=N", "mutually exclusive");
    }

    @Test
    void refusesToTrainNone() {
        PhantomTraining none = new PhantomTraining(folder);
        assertThat(none.train("none", "--repeat", "0")).isEqualTo(2);
        assertThat(none.err()).contains("--repeat must be a positive number, was 0");
        assertThat(none.store().resolve("none")).doesNotExist();
    }

    private static String run(long seed, int version, double dice) throws IOException {
        JsonNode training = JSON.readTree(
                whole.store().resolve("whole/" + version + "/training.json").toFile());
        assertThat(training.path("seed").asLong()).isEqualTo(seed);
        return String.format(
                Locale.ROOT,
                "run seed=%d checkpoint=whole@%d epoch=%d val-dice=%.4f",
                seed,
                version,
                training.path("bestEpoch").asInt(),
                dice);
    }

    private static double dice(String version) throws IOException {
        return JSON.readTree(
                        whole.store().resolve(version).resolve("metrics.json").toFile())
                .at("/val/dice")
                .asDouble();
    }

    private static double number(String key) {
        List<String> words = List.of(
                whole.out().lines().reduce((before, last) -> last).orElseThrow().split(" "));
        return words.stream()
                .filter(word -> word.startsWith(key))
                .mapToDouble(word -> Double.parseDouble(word.substring(key.length())))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> results(PhantomTraining training) {
        return training.out().lines().filter(line -> !line.startsWith("trained "));
    }

    private static byte[] weights(String version) throws IOException {
        return Files.readAllBytes(whole.store().resolve(version).resolve("weights.safetensors"));
    }
}
