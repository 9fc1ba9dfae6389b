package org.lesionstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.PackagedSystem.SOON;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.FullDisk;
import org.lesionstream.local.TakenConnections;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.testing.Answers;
import org.lesionstream.worker.testing.PackagedSystem;

/**
 * A database that is there and refuses: for want of disk space, of connections, or of connections in the worker's own pool. The packaged
 * worker keeps what it has, takes no more than it may hold, says so, waits longer after every attempt, and answers everything once when
 * the outage is over.
 */
class DatabaseOutageIT {
    private static final int IN_FLIGHT = 8;
    private static final int POOL = 4;

    /** The shortest waits of the worker's stages after a failure: half of what {@code WorkerWiring} sets. */
    private static final Duration FIRST_WAIT = Duration.ofMillis(50);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final String LESION_STAGE = "lesionstream_stage_duration_seconds_count{stage=\"lesion\"}";
    private static final String PAUSED = "lesionstream_lane_paused{lane=\"urgent\"}";

    private final MessageCodec codec = new MessageCodec();
    private final List<String> submitted = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    private PackagedSystem system;
    private Answers answers;
    private Path image;

    @BeforeEach
    void startEverything(@TempDir Path folder) throws Exception {
        system = PackagedSystem.start(
                folder,
                Map.of(
                        "LESIONSTREAM_INTAKE_MAX_IN_FLIGHT", String.valueOf(IN_FLIGHT),
                        "QUARKUS_DATASOURCE_JDBC_MAX_SIZE", String.valueOf(POOL)));
        answers = system.answers();
        image = system.picture("image.png", 2);
        submit("before");
        answers.await("before#0", SOON);
    }

    @AfterEach
    void stopEverything() throws IOException {
        if (system != null) {
            system.close();
        }
    }

    @Test
    void keepsItsWorkWhileTheDiskIsFull() throws Exception {
        long start = System.nanoTime();
        try (FullDisk disk = FullDisk.of(system.database())) {
            submit("first");
            until(() -> disk.refusals() >= 4);
            for (int i = 0;
                    i < 4;
                    i++) { // registered, since there is room for them: no sign that outcomes can be stored
                String id = "registered-" + i;
                submit(id);
                until(() -> isRegistered(id));
                assertUnreadyAndAlive();
            }
            submitMoreThanFits();
            until(() -> system.worker().metric(PAUSED) == 1);
            assertUnreadyAndAlive();
            assertThat(answers.read())
                    .as("nothing is answered that is not stored")
                    .noneMatch(submitted::contains);
            assertThat(disk.refusals()).isLessThanOrEqualTo(mostAttempts(start));
        }
        assertEverythingIsAnsweredOnce();
    }

    @Test
    void keepsItsWorkWhileTheServerHasNoConnectionLeft() throws Exception {
        try (FullDisk disk = FullDisk.of(system.database())) {
            submit("in-hand");
            until(() -> disk.refusals() > 0);
            long start = System.nanoTime();
            long before = refusedConnections();
            long probes = 0;
            try (TakenConnections taken = TakenConnections.of(system.database())) {
                submitMoreThanFits();
                while (system.worker().metric(PAUSED) != 1 || refusedConnections() - before < 8) {
                    answers.read();
                    probes++;
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
                }
                probes += 2;
                assertUnreadyAndAlive();
                assertThat(taken.count()).isGreaterThan(POOL);
                // two stages ask, each after its own waits; the readiness probe asks once; taking them asks twice or
                // more
                assertThat(refusedConnections() - before).isLessThan(2 * mostAttempts(start) + probes + 10);
            }
        }
        assertEverythingIsAnsweredOnce();
    }

    @Test
    void keepsItsWorkWhileOthersHoldItsWholePool() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> questions = new ArrayList<>();
        try (Connection blocker = system.database().connect();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("LOCK TABLE checkpoint_alias_history IN ACCESS EXCLUSIVE MODE"); // no job needs it
            for (int i = 0; i < POOL; i++) {
                questions.add(ask("/api/checkpoints"));
            }
            until(() -> waitingForLocks() == POOL);
            submitMoreThanFits();
            until(() -> log().contains("Jobs cannot be registered"));
            assertUnreadyAndAlive();
            assertThat(answers.read()).noneMatch(id -> id.startsWith("more-"));
            blocker.rollback();
        }
        assertEverythingIsAnsweredOnce();
        assertThat(log()).doesNotContain("broker is unavailable");
        for (CompletableFuture<HttpResponse<String>> question : questions) {
            assertThat(question.get().statusCode()).isIn(200, 503);
        }
    }

    private void assertEverythingIsAnsweredOnce() throws Exception {
        for (String id : submitted) {
            codec.readResult(answers.await(id + "#0", SOON));
        }
        until(() -> probe("ready").statusCode() == 200);
        answers.read();
        assertThat(submitted)
                .allSatisfy(id -> assertThat(answers.copies(id + "#0")).hasSize(1));
        assertThat(system.worker().metric(LESION_STAGE))
                .as("no work was done twice")
                .isEqualTo(submitted.size());
        assertThat(log()).doesNotContain("Dead letter");
    }

    private void assertUnreadyAndAlive() throws Exception {
        HttpResponse<String> ready = probe("ready");
        assertThat(ready.statusCode()).as(ready.body()).isEqualTo(503);
        assertThat(ready.body()).contains("\"DATABASE\": \"DATABASE_UNAVAILABLE\"");
        assertThat(probe("live").statusCode()).isEqualTo(200);
    }

    /** How often one stage can have tried since then, whose waits double and are never shorter than half. */
    private static long mostAttempts(long startNanos) {
        long left = System.nanoTime() - startNanos;
        long attempts = 1;
        for (long wait = FIRST_WAIT.toNanos(); wait <= left; wait = Math.min(2 * wait, LONGEST_WAIT.toNanos())) {
            left -= wait;
            attempts++;
        }
        return attempts;
    }

    private void submitMoreThanFits() throws Exception {
        for (int i = 0; i < 3 * IN_FLIGHT; i++) {
            submit("more-" + i);
        }
    }

    private void submit(String id) throws Exception {
        submitted.add(id);
        system.submit("key", PackagedSystem.job(id, id, 1, 1, image));
    }

    private void until(Callable<Boolean> condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.call()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as(this::log)
                    .isLessThan(SOON);
            answers.read(); // takes a moment
        }
    }

    private boolean isRegistered(String caseId) throws SQLException {
        try (Connection connection = system.database().connect();
                PreparedStatement query = connection.prepareStatement("SELECT FROM imaging_case WHERE case_id = ?")) {
            query.setString(1, caseId);
            return query.executeQuery().next();
        }
    }

    private long waitingForLocks() throws SQLException {
        try (Connection connection = system.database().connect();
                Statement query = connection.createStatement();
                ResultSet count =
                        query.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")) {
            count.next();
            return count.getLong(1);
        }
    }

    /** By the server's own log. */
    private long refusedConnections() throws IOException {
        try (Stream<String> lines = Files.lines(system.path("postgres").resolve("postgres.log"))) {
            return lines.filter(line -> line.contains("too many clients already"))
                    .count();
        }
    }

    private String log() {
        try {
            return Files.readString(system.path("worker-0.log"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private HttpResponse<String> probe(String kind) throws Exception {
        return system.get("/q/health/" + kind);
    }

    private CompletableFuture<HttpResponse<String>> ask(String path) {
        URI address = system.worker().address().resolve(path);
        return http.sendAsync(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }
}
