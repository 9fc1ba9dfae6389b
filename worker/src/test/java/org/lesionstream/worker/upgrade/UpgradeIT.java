package org.lesionstream.worker.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.PackagedSystem.PACKAGED;
import static org.lesionstream.worker.testing.PackagedSystem.SOON;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.WorkerProcess;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.worker.testing.PackagedSystem;
import org.lesionstream.worker.testing.TinyNetwork;

/**
 * Two releases on one topic and one database, in the order of deploy/UPGRADE.md: tables first, then workers one by one, back again in
 * between. The next release is made here of the packaged worker, see {@link NextRelease}.
 */
class UpgradeIT {
    private static final Map<String, String> QUICK_START = Map.of(
            "JAVA_TOOL_OPTIONS",
            "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m",
            "LESIONSTREAM_INFERENCE_THREADS",
            "1",
            "LESIONSTREAM_TOPICS_PARTITIONS",
            "6");

    private static final Map<String, String> BY_THE_MIGRATION_JOB = Map.of("QUARKUS_FLYWAY_MIGRATE_AT_START", "false");

    @TempDir
    private Path folder;

    private PackagedSystem system;
    private Traffic traffic;

    @BeforeEach
    void startTheOldRelease() throws IOException {
        system = PackagedSystem.start(folder, QUICK_START);
        system.store().publish("lesion", 2, TinyNetwork.INVERTED, Precision.FP32);
        traffic = new Traffic(system);
    }

    @AfterEach
    void stopEverything() throws IOException {
        if (system != null) {
            system.close();
        }
    }

    @Test
    void oldAndNewWorkersShareJobsTablesAndCases() throws Exception {
        Path next = NextRelease.thatAdds(folder.resolve("next"));
        WorkerProcess old = system.worker();
        traffic.submit("before", 4);
        traffic.awaitAnswers();

        CompletableFuture<Void> migration =
                CompletableFuture.runAsync(() -> system.run(next, folder.resolve("migrate.log"), "migrate"));
        for (int more = 1; !migration.isDone(); more++) {
            traffic.submit("during" + more, 2);
        }
        migration.join();
        traffic.submit("after", 4);
        traffic.awaitAnswers();
        assertThat(traffic.releases("")).as("who has stored so far").containsOnlyKeys(NextRelease.OLD);
        system.run(PACKAGED, folder.resolve("check.log"), "migrate", "--check");

        WorkerProcess newer = system.startWorker(next, BY_THE_MIGRATION_JOB);
        traffic.submitUntilBothAnswer("together");
        old.stop();
        traffic.submit("newer", 4);
        traffic.awaitAnswers();
        assertThat(traffic.releases("newer")).containsOnlyKeys(NextRelease.NEXT);

        system.startWorker(PACKAGED, Map.of()); // migrates at its start, and finds tables and views of a newer one
        traffic.submitUntilBothAnswer("back");
        traffic.submit("handover", 8);
        newer.stop();
        traffic.awaitAnswers();
        traffic.submitAllAgain();
        traffic.awaitAnswers();

        assertThat(traffic.releases("")).containsOnlyKeys(NextRelease.OLD, NextRelease.NEXT);
        traffic.assertThatEveryJobHasOneOutcomeAndEqualAnswers();
        traffic.assertThatEveryCaseHasOneDigestAndOneResult();
        assertThatTheReferenceConsumerReadsEverything();
    }

    @Test
    void noticesAReleaseThatTakesAwayWhatTheOldOneUses() throws Exception {
        Path breaking = NextRelease.thatRenames(folder.resolve("breaking"));
        traffic.submit("before", 2);
        traffic.awaitAnswers();

        system.run(breaking, folder.resolve("migrate.log"), "migrate");
        traffic.submitOne("stuck");
        traffic.until("the old worker is not ready", () -> !system.worker().isReady());
        assertThat(traffic.releases("stuck")).isEmpty();
        assertThat(traffic.answered("stuck")).isZero();

        traffic.execute(NextRelease.TAKING_BACK);
        traffic.awaitAnswers();
        traffic.assertThatEveryJobHasOneOutcomeAndEqualAnswers();
    }

    /** With the old release's {@code worker follow}, which does not know the field that the next one adds. */
    private void assertThatTheReferenceConsumerReadsEverything() throws IOException {
        Path log = folder.resolve("follow.log");
        system.run(
                PACKAGED,
                log,
                "follow",
                "--from-beginning",
                "--count",
                String.valueOf(traffic.answers()),
                "--timeout",
                SOON.toSeconds() + "s");

        String said = Files.readString(log, UTF_8);
        assertThat(said).doesNotContain("breaks its contract", "not an answer");
        assertThat(said.lines().filter(line -> line.startsWith("result job="))).hasSize(traffic.jobs());
        assertThat(said.lines().filter(line -> line.startsWith("result job=newer")))
                .isNotEmpty();
    }
}
