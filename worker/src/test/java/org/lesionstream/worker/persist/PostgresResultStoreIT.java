package org.lesionstream.worker.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.lesionstream.worker.testing.SampleJob.aJob;
import static org.lesionstream.worker.testing.SampleJob.digest;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.message.CaseResult;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.delivery.Answer;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.delivery.JobRegistration;
import org.lesionstream.worker.delivery.Position;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.testing.SampleJob;
import org.lesionstream.worker.testing.TestDatabase;

/** The contract on a real PostgreSQL, and what only several workers on one database can show. */
class PostgresResultStoreIT extends ResultStoreContract {
    private static final int ROUNDS = 20;
    private static final long LIMIT_SECONDS = 60;

    private static TestDatabase database;

    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private PostgresResultStore store;

    @BeforeAll
    static void start() {
        database = TestDatabase.start();
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        database.empty();
        store = new PostgresResultStore(database.source(), new MessageCodec());
    }

    @AfterEach
    void release() {
        workers.shutdownNow();
    }

    @Override
    ResultStore store() {
        return store;
    }

    @Override
    boolean requestReplay(String jobId) {
        return new DeadLetterReplays(database.source())
                .request(List.of(jobId), "test", false)
                .containsKey(jobId);
    }

    @Test
    void twoWorkersThatReplayTheSameJobAtOnceStoreOneOutcomeAndCloseOneRevision() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            SampleJob job = aJob("j-" + round);
            register(job);
            store.save(List.of(job.deadLettered(FailureCode.SOURCE_NOT_FOUND)));
            assertThat(requestReplay(job.id())).isTrue();
            SampleJob replayed = job.replayed(1);

            List<List<Answer>> answers = atOnce(List.of(
                    () -> store.save(List.of(replayed.segmented(1))),
                    () -> store.save(List.of(replayed.segmented(2)))));

            assertThat(texts(answers.get(0))).isEqualTo(texts(answers.get(1))).hasSize(2);
            assertThat(caseResults(answers.get(0)))
                    .extracting(CaseResult::revision)
                    .containsExactly(2);
        }
        assertThat(number("SELECT count(*) FROM job_outcome")).isEqualTo(ROUNDS);
        assertThat(number("SELECT count(*) FROM job_outcome WHERE counted AND replay = 1"))
                .isEqualTo(ROUNDS);
        assertThat(number("SELECT max(revision) FROM imaging_case")).isEqualTo(2);
    }

    @Test
    void oneOfTwoThatAskAtOnceIsGivenAReplay() throws Exception {
        DeadLetterReplays replays = new DeadLetterReplays(database.source());
        for (int round = 0; round < ROUNDS; round++) {
            SampleJob job = aJob("j-" + round);
            register(job);
            store.save(List.of(job.deadLettered(FailureCode.SOURCE_NOT_FOUND)));

            List<Map<String, Integer>> given = atOnce(List.of(
                    () -> replays.request(List.of(job.id()), "one", false),
                    () -> replays.request(List.of(job.id()), "other", false)));

            assertThat(given.stream().mapToInt(Map::size).sum()).isEqualTo(1);
        }
        assertThat(number("SELECT count(*) FROM dead_letter_replay")).isEqualTo(ROUNDS);
    }

    @Test
    void asksForReplaysUnderTheLockOfTheCaseBeforeItTouchesAnOutcome() throws Exception {
        SampleJob job = aJob("1");
        register(job);
        store.save(List.of(job.deadLettered(FailureCode.SOURCE_NOT_FOUND)));

        try (Connection worker = database.source().getConnection();
                Statement statement = worker.createStatement()) {
            worker.setAutoCommit(false);
            statement.execute("SELECT FROM imaging_case FOR UPDATE");
            Future<Boolean> asked = workers.submit(() -> requestReplay("1"));
            while (number("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") == 0) {
                assertThat(asked).as("it must wait for whoever holds the case").isNotDone();
            }
            statement.execute("SELECT FROM job_outcome FOR UPDATE NOWAIT");
            worker.commit();

            assertThat(asked.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void keepsTheDeadLetterAndGivesOutAgainWhatWasNotSent() throws SQLException {
        DeadLetterReplays replays = new DeadLetterReplays(database.source());
        SampleJob job = aJob("1");
        register(job);
        String letter = texts(store.save(List.of(job.deadLettered(FailureCode.SOURCE_NOT_FOUND))))
                .get(0);

        assertThat(replays.request(List.of("1"), "ann", false)).containsExactly(Map.entry("1", 1));
        database.rows("UPDATE dead_letter_replay SET requested_at = now() - interval '1 hour' RETURNING 1");
        assertThat(replays.request(List.of("1"), "bob", false))
                .as("nobody sent it")
                .containsExactly(Map.entry("1", 1));
        replays.sent(List.of(new DeadLetterReplays.Sent("1", 1, new Position("image-jobs", 0, 7), Optional.empty())));
        database.rows("UPDATE dead_letter_replay SET requested_at = now() - interval '1 hour' RETURNING 1");
        assertThat(replays.request(List.of("1"), "eve", false))
                .as("it was sent")
                .isEmpty();
        assertThat(replays.request(List.of("1"), "eve", true)).containsExactly(Map.entry("1", 1));

        DeadLetterDetails details =
                new DeadLetterQueries(database.source()).details("1").orElseThrow();
        assertThat(details.earlier()).singleElement().satisfies(earlier -> assertThat(letter)
                .endsWith(earlier.message()));
    }

    @Test
    void twoWorkersThatFinishACaseAtOnceCloseItOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            SampleJob first = aJob("first-" + round).inCase("c-" + round, 1, 2);
            SampleJob second = aJob("second-" + round).inCase("c-" + round, 2, 2);
            register(first, second);

            List<Answer> answers = new ArrayList<>();
            for (List<Answer> share : this.<List<Answer>>atOnce(List.of(
                    () -> store.save(List.of(first.segmented(1))), () -> store.save(List.of(second.segmented(2)))))) {
                answers.addAll(share);
            }

            assertThat(caseResults(answers)).extracting(CaseResult::lesionCount).containsExactly(3);
        }
    }

    @Test
    void aLargeCaseSharedByManyWorkersIsCountedExactly() throws Exception {
        List<SampleJob> jobs = IntStream.rangeClosed(1, 40)
                .mapToObj(image -> aJob("j-" + image).inCase("c", image, 40))
                .toList();
        register(jobs.toArray(SampleJob[]::new));

        List<Callable<List<Answer>>> shares = IntStream.range(0, 4)
                .<Callable<List<Answer>>>mapToObj(share -> () -> {
                    List<Answer> answers = new ArrayList<>();
                    for (int index = share; index < 40; index += 4) {
                        answers.addAll(store.save(List.of(jobs.get(index).segmented(1))));
                    }
                    return answers;
                })
                .toList();
        List<Answer> answers = new ArrayList<>();
        atOnce(shares).forEach(answers::addAll);

        assertThat(caseResults(answers))
                .extracting(CaseResult::revision, CaseResult::lesionCount, CaseResult::missing)
                .containsExactly(tuple(1, 40, List.of()));
    }

    @Test
    void twoWorkersThatSaveTheSameJobAtOncePublishTheSame() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            SampleJob job = aJob("j-" + round);
            register(job);

            List<List<Answer>> answers = atOnce(
                    List.of(() -> store.save(List.of(job.segmented(1))), () -> store.save(List.of(job.segmented(2)))));

            assertThat(texts(answers.get(0))).isEqualTo(texts(answers.get(1))).hasSize(2);
        }
    }

    @Test
    void workersWithTheSameCasesInOppositeOrderDoNotBlockEachOther() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<SampleJob> jobs = new ArrayList<>();
            for (int number = 0; number < 8; number++) {
                jobs.add(aJob("j-" + round + "-" + number).inCase("c-" + round + "-" + number, 1, 1));
            }
            List<SampleJob> reversed = new ArrayList<>(jobs);
            Collections.reverse(reversed);

            atOnce(List.of(() -> registerAndSave(jobs), () -> registerAndSave(reversed)));
        }
    }

    @Test
    void workersThatRegisterACaseAtOnceAgreeOnItsCheckpoint() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            SampleJob first = aJob("first-" + round).inCase("c-" + round, 1, 2);
            SampleJob second = aJob("second-" + round).inCase("c-" + round, 2, 2);

            List<List<JobRegistration>> registrations = atOnce(List.of(
                    () -> store.register(List.of(request(first, Optional.of(digest("one"))))),
                    () -> store.register(List.of(request(second, Optional.of(digest("two")))))));

            assertThat(registrations.get(0).get(0).checkpoint())
                    .isPresent()
                    .isEqualTo(registrations.get(1).get(0).checkpoint());
        }
    }

    @Test
    void keepsMaskTotalsAndEveryLesion() throws SQLException {
        SampleJob job = aJob("1");
        register(job);
        JobOutcome.Segmented outcome = job.segmented(3);

        store.save(List.of(outcome, job.segmented(1)));

        JobQueries jobs = new JobQueries(database.source());
        assertThat(jobs.mask("1").orElseThrow().png()).isEqualTo(outcome.maskPng());
        assertThat(jobs.job("1").orElseThrow().lesions()).isEqualTo(outcome.lesions());
        assertThat(number("SELECT lesions FROM class_total WHERE job_id = '1'")).isEqualTo(3);
    }

    @Test
    void keepsNothingOfAListThatItCannotKeepWhole() throws SQLException {
        SampleJob good = aJob("good");
        SampleJob bad = aJob("bad");
        register(good, bad);
        JobOutcome.Segmented twice = bad.segmented(1);
        JobOutcome.Segmented damaged = new JobOutcome.Segmented(
                twice.delivery(),
                twice.result(),
                twice.maskPng(),
                List.of(twice.lesions().get(0), twice.lesions().get(0)));

        assertThatThrownBy(() -> store.save(List.of(good.segmented(1), damaged)))
                .isInstanceOfSatisfying(SegmentationException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(FailureCode.INTERNAL_ERROR);
                    assertThat(failure).hasStackTraceContaining("SQLSTATE 23505");
                    assertThat(failure.getCause().getMessage()).doesNotContain("bad");
                });

        assertThat(number("SELECT count(*) FROM job_outcome")).isZero();
        assertThat(number("SELECT sum(finished) FROM imaging_case")).isZero();
    }

    @Test
    void saysWhenTheDatabaseIsAwayAndGoesOnWhenItIsBack() {
        SampleJob job = aJob("1");
        register(job);
        database.server().kill();
        try {
            assertThatThrownBy(() -> store.save(List.of(job.segmented(1))))
                    .isInstanceOfSatisfying(SegmentationException.class, failure -> assertThat(failure.code())
                            .isEqualTo(FailureCode.DATABASE_UNAVAILABLE));
        } finally {
            database.server().restart();
        }

        assertThat(store.save(List.of(job.segmented(1))).get(0).messages()).hasSize(2);
    }

    private List<Answer> registerAndSave(List<SampleJob> jobs) {
        register(jobs.toArray(SampleJob[]::new));
        return store.save(jobs.stream().<JobOutcome>map(job -> job.segmented(1)).toList());
    }

    /** Runs the tasks in threads of their own that begin together; fails with the first failure. */
    private <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        CyclicBarrier begin = new CyclicBarrier(tasks.size());
        List<Future<T>> running = new ArrayList<>();
        for (Callable<T> task : tasks) {
            running.add(workers.submit(() -> {
                begin.await(LIMIT_SECONDS, TimeUnit.SECONDS);
                return task.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> each : running) {
            results.add(each.get(LIMIT_SECONDS, TimeUnit.SECONDS));
        }
        return results;
    }

    private static long number(String sql) throws SQLException {
        try (Connection connection = database.source().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
