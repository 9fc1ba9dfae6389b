package org.lesionstream.worker.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.worker.persist.BackfillCounts;
import org.lesionstream.worker.persist.BackfillState;
import org.lesionstream.worker.persist.Backfills;
import org.lesionstream.worker.testing.AnsweringFleet;
import org.lesionstream.worker.testing.KafkaTopics;
import org.lesionstream.worker.testing.TestDatabase;
import picocli.CommandLine;

class BackfillIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static LocalBroker broker;
    private static TestDatabase database;

    @TempDir
    private Path folder;

    private KafkaTopics topics;
    private AnsweringFleet fleet;

    @BeforeAll
    static void start(@TempDir Path folder) {
        broker = LocalBroker.start(folder);
        database = TestDatabase.start();
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
        broker.close();
    }

    @BeforeEach
    void prepare() throws SQLException {
        database.empty();
        topics = new KafkaTopics(broker.bootstrapServers(), 2);
        fleet = new AnsweringFleet(topics, database);
    }

    @AfterEach
    void close() {
        topics.close();
    }

    /** A command that has ended. */
    private record Run(int status, String out, String err) {}

    /** A command that runs beside the test. */
    private record Running(CompletableFuture<Integer> status, StringWriter out, StringWriter err) {
        Run ended() {
            return new Run(status.join(), out.toString(), err.toString());
        }
    }

    @Test
    void runningItTwiceAddsNothing() throws IOException {
        for (String name : List.of("a.png", "b/c.png", "b/bad.png", "d.txt")) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), "x");
        }
        Run first = answered("spring", "--images", folder.toString());
        Run second = answered("spring", "--images", folder.toString());

        assertThat(first.status()).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(first.out())
                .contains("1 entries ended as dead letters: IMAGE_DAMAGED 1.")
                .contains("name=spring ending=finished entries=3 already-done=0 refused=0 submitted=3 segmented=2 "
                        + "expanded=0 dead-letters=1 unanswered=0");
        assertThat(second.out())
                .contains(
                        "entries=3 already-done=3 refused=0 submitted=0 segmented=2 expanded=0 dead-letters=1 unanswered=0");
        assertThat(fleet.jobs())
                .hasSize(3)
                .allSatisfy(job -> assertThat(job.jobId()).startsWith("bf-"))
                .extracting(job -> job.imagingCase().images())
                .containsOnly(1);
    }

    @Test
    void aBadLineIsNamedByItsNumberAndTheRestIsDone() throws IOException {
        Path manifest = Files.writeString(
                folder.resolve("list.csv"), "uri,caseId,image,images\na.png,c,1,2\nb.png,Jane Doe,2,2\nb.png,c,2,2\n");
        Run run = answered("cases", "--manifest", manifest.toString(), "--json");
        assertThat(run.status()).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(run.err()).contains("line 3 refused: case id must match").doesNotContain("Jane");
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.get("ending").asText()).isEqualTo("finished");
        assertThat(report.get("refused").asInt()).isEqualTo(1);
        assertThat(report.get("segmented").asInt()).isEqualTo(2);
        assertThat(fleet.jobs()).extracting(job -> job.imagingCase().image()).containsExactly(1, 2);

        Files.writeString(manifest, "uri,caseId,image,images\na.png,c,1,2\nb.png,c,2,2\n");
        Run mended = answered("cases", "--manifest", manifest.toString());
        assertThat(mended.status()).isZero();
        assertThat(mended.out()).contains("submitted=0 segmented=2");

        JsonNode listed =
                new ObjectMapper().readTree(database("list", "--json").out()).get(0);
        assertThat(listed.get("state").asText()).isEqualTo("finished");
        assertThat(listed.get("total").asInt()).isEqualTo(2);
        assertThat(listed.get("source").asText()).matches("manifest-csv:[0-9a-f]{16}");
        assertThat(database("list").out()).contains("cases", "finished", "lesion@7");
        assertThat(database("status", "cases").out()).containsPattern("alreadyDone +2");
    }

    @Test
    void holdsWhenPausedAndGoesOnWhenResumed() throws IOException {
        String list = manifest(6);
        Running run = run("slow", "--manifest", list, "--in-flight", "2", "--no-count");
        until(run, () -> fleet.jobs().size() == 2);
        assertThat(database("pause", "slow").status()).isZero();
        until(run, () -> run.err().toString().contains("paused"));
        assertThat(database("pause", "slow").err()).contains("slow is not running, it is paused");
        Run other = run("slow", "--manifest", list).ended();
        assertThat(other.status()).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(other.err()).contains("slow is paused elsewhere");

        fleet.answer();
        until(run, () -> database("status", "slow").out().matches("(?s).*segmented +2.*"));
        assertThat(fleet.jobs()).hasSize(2);

        assertThat(database("resume", "slow").status()).isZero();
        assertThat(untilAnswered(run).status()).isZero();
        assertThat(fleet.jobs()).hasSize(6);
        assertThat(database("resume", "slow").err()).contains("slow is not paused, it is finished");
    }

    @Test
    void waitsForDatabaseAndBroker() throws IOException {
        Running run = run("patient", "--manifest", manifest(6), "--in-flight", "2");
        until(run, () -> fleet.jobs().size() == 2);
        database.server().stop();
        until(run, () -> run.err().toString().contains("the database does not answer; trying again in"));
        database.server().restart();
        until(run, () -> run.err().toString().contains("the database answers again"));
        fleet.answerAfter(broker::stop);
        until(run, () -> run.err().toString().contains("the broker does not answer; trying again in"));
        broker.restart();
        assertThat(untilAnswered(run).status()).isZero();
        assertThat(fleet.jobs())
                .extracting(ImageJob::jobId)
                .doesNotHaveDuplicates()
                .hasSize(6);
    }

    @Test
    void takesANameOverFromAProgramThatDied() throws IOException, SQLException {
        Backfills backfills = new Backfills(database.source());
        Backfills.Claim dead = new Backfills.Claim("night", "lesion@7", "images:0", "dead", Optional.empty());
        assertThat(backfills.claim(dead)).isEmpty();
        assertThat(run("night", "--manifest", manifest(1)).ended().err()).contains("night is running elsewhere");
        database.rows("UPDATE backfill SET heartbeat_at = now() - interval '61 s' RETURNING 1");
        assertThat(database("list").out()).contains("abandoned");
        assertThat(answered("night", "--manifest", manifest(1)).status()).isZero();
        assertThat(backfills.beat(dead, BackfillCounts.NONE)).isEmpty();
        assertThat(backfills.find("night").orElseThrow().state()).isEqualTo(BackfillState.FINISHED);
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        assertThat(answered("mine", "--manifest", manifest(1)).status()).isZero();
        Run other = run("mine", "--manifest", manifest(1), "--checkpoint", "lesion@8")
                .ended();
        assertThat(other.status()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(other.err()).contains("mine is a backfill for lesion@7; choose another name for lesion@8");
        assertThat(run("mine", "--manifest", "absent.csv").ended())
                .satisfies(run -> assertThat(run.status()).isEqualTo(CommandLine.ExitCode.USAGE))
                .satisfies(run -> assertThat(run.err()).contains("cannot be read (NoSuchFileException)"));
        assertThat(run("a name", "--manifest", manifest(1)).ended().status()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("mine", "--manifest", manifest(1), "--rate", "0").ended().err())
                .contains("--rate must be positive");
        assertThat(run("mine", "--manifest", manifest(1), "--backfill", "absent")
                        .ended()
                        .err())
                .contains("does not know the topic absent", "the command topics creates topics");
        assertThat(run("mine", "--manifest", manifest(1), "--jdbc-url", "jdbc:postgresql://127.0.0.1:1/none")
                        .ended()
                        .err())
                .contains("DATABASE_UNAVAILABLE", "--jdbc-url")
                .doesNotContain("Exception");
        assertThat(database("status", "nobody").status()).isEqualTo(CommandLine.ExitCode.SOFTWARE);
    }

    private String manifest(int pictures) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < pictures; i++) {
            lines.append("{\"uri\":\"").append(i).append(".png\"}\n");
        }
        return Files.writeString(folder.resolve("list" + pictures + ".jsonl"), lines)
                .toString();
    }

    /** Runs a backfill to its end, on a fleet that answers. */
    private Run answered(String name, String... more) {
        return untilAnswered(run(name, more));
    }

    private Run untilAnswered(Running run) {
        until(run, () -> {
            fleet.answer();
            return run.status().isDone();
        });
        return run.ended();
    }

    private Running run(String name, String... more) {
        List<String> all = new ArrayList<>(List.of("run", name));
        List<String> given = List.of(more);
        all.addAll(given);
        if (!given.contains("--checkpoint")) {
            all.addAll(List.of("--checkpoint", "lesion@7"));
        }
        if (!given.contains("--backfill")) {
            all.addAll(List.of("--backfill", topics.names().backfill()));
        }
        if (!given.contains("--jdbc-url")) {
            all.addAll(List.of("--jdbc-url", database.server().jdbcUrl()));
        }
        all.addAll(List.of("--user", database.server().user(), "--bootstrap-servers", broker.bootstrapServers()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = command(out, err);
        return new Running(CompletableFuture.supplyAsync(() -> command.execute(all.toArray(String[]::new))), out, err);
    }

    private static Run database(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--jdbc-url",
                database.server().jdbcUrl(),
                "--user",
                database.server().user()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        return new Run(command(out, err).execute(all.toArray(String[]::new)), out.toString(), err.toString());
    }

    private static CommandLine command(StringWriter out, StringWriter err) {
        return new CommandLine(new BackfillCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
    }

    /** Waits beside the command until something is so, or the command has ended. */
    private static void until(Running run, BooleanSupplier condition) {
        for (long waited = 0; !condition.getAsBoolean(); waited += 50) {
            assertThat(waited).as(() -> run.err() + "" + run.out()).isLessThan(PATIENCE.toMillis());
            try {
                run.status().get(50, TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillRunning) {
                continue;
            } catch (InterruptedException | ExecutionException e) {
                throw new AssertionError(e);
            }
            assertThat(condition.getAsBoolean())
                    .as(() -> run.err() + "" + run.out())
                    .isTrue();
            return;
        }
    }
}
