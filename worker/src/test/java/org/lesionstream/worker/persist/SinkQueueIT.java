package org.lesionstream.worker.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.lesionstream.worker.testing.SampleJob.aJob;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.testing.TestDatabase;

/** Which cases are due for the sink when, in a real PostgreSQL. */
class SinkQueueIT {
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static TestDatabase database;

    private final MessageCodec codec = new MessageCodec();
    private SinkQueue queue;

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
        queue = new SinkQueue(database.source());
    }

    private ResultStore store() {
        return new PostgresResultStore(database.source(), codec, true);
    }

    private SinkEntry claim() {
        return queue.claim(LEASE).orElseThrow();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void hasACaseFromItsClosingOnAndNotBefore() {
        store().save(List.of(aJob("1").inCase("c", 1, 2).segmented(1)));
        assertThat(queue.claim(LEASE)).isEmpty();

        store().save(List.of(aJob("2").inCase("c", 2, 2).segmented(0)));
        assertThat(queue.backlog().due()).isEqualTo(1);
        assertThat(claim()).isEqualTo(new SinkEntry("c", "lesion@production", 1, 1));
    }

    @Test
    void isEmptyWhereThereIsNoSink() {
        new PostgresResultStore(database.source(), codec).save(List.of(aJob("1").segmented(1)));

        assertThat(queue.claim(LEASE)).isEmpty();
    }

    @Test
    void lendsACaseToOneAskerUntilItsLeaseIsOver() {
        store().save(List.of(aJob("1").segmented(1), aJob("2").at(1).segmented(1)));

        SinkEntry first = claim();
        SinkEntry second = claim();
        assertThat(first.caseId()).isNotEqualTo(second.caseId());
        assertThat(queue.claim(LEASE)).isEmpty();

        queue.written(first, 2);
        queue.again(second, FailureCode.RESULT_SINK_UNAVAILABLE, Duration.ZERO);
        SinkEntry borrowed = queue.claim(Duration.ZERO).orElseThrow();
        assertThat(borrowed).isEqualTo(new SinkEntry(second.caseId(), second.reference(), 1, 2));
        assertThat(claim())
                .as("the lease was over")
                .isEqualTo(new SinkEntry(second.caseId(), second.reference(), 1, 3));
    }

    @Test
    void keepsWhatSucceedsLaterDueAndSetsTheRestAside() {
        store().save(List.of(aJob("1").segmented(1), aJob("2").at(1).segmented(1)));
        SinkEntry later = claim();
        SinkEntry never = claim();

        queue.again(later, FailureCode.RESULT_SINK_UNAVAILABLE, Duration.ofHours(1));
        queue.failed(never, FailureCode.SOURCE_NOT_FOUND);

        assertThat(queue.claim(LEASE)).isEmpty();
        assertThat(queue.backlog().due()).isEqualTo(1);
        assertThat(queue.backlog().failed()).isEqualTo(1);
        assertThat(queue.failures(10))
                .extracting(SinkFailure::caseId, SinkFailure::again, SinkFailure::code, SinkFailure::attempts)
                .containsExactlyInAnyOrder(
                        tuple(later.caseId(), true, FailureCode.RESULT_SINK_UNAVAILABLE, 1),
                        tuple(never.caseId(), false, FailureCode.SOURCE_NOT_FOUND, 1));

        assertThat(queue.retry(Optional.of("another"))).isZero();
        assertThat(queue.retry(Optional.of(never.caseId()))).isEqualTo(1);
        assertThat(claim()).isEqualTo(new SinkEntry(never.caseId(), never.reference(), 1, 1));
        assertThat(queue.retry(Optional.empty())).isEqualTo(2);
        assertThat(queue.backlog().failed()).isZero();
    }

    @Test
    void aLaterRevisionTakesThePlaceOfTheOneThatIsLent() {
        store().save(List.of(aJob("1").inCase("c", 1, 2).deadLettered(FailureCode.IMAGE_DAMAGED)));
        store().save(List.of(aJob("2").inCase("c", 2, 2).segmented(0)));
        SinkEntry first = claim();

        store().save(List.of(aJob("3").inCase("c", 1, 2).segmented(1)));
        queue.written(first, 2);

        assertThat(claim()).isEqualTo(new SinkEntry("c", "lesion@production", 2, 1));
    }

    @Test
    void waitsForTheVolumeOfAStack() throws SQLException {
        store().save(List.of(aJob("1").segmented(1)));
        execute("UPDATE case_result SET volume_pending = true");
        assertThat(queue.claim(LEASE)).isEmpty();

        execute("UPDATE case_result SET volume_pending = false");
        assertThat(queue.claim(LEASE)).isPresent();
    }

    @Test
    void forgetsADroppedCase() {
        store().save(List.of(aJob("1").segmented(1)));
        SinkEntry entry = claim();

        new Retention(database.source(), 10)
                .deleteCases(new Retention.Scope(Optional.empty(), List.of(entry.caseId())), removed -> {});
        queue.written(entry, 2);

        assertThat(queue.retry(Optional.empty())).isZero();
        assertThat(queue.backlog()).isEqualTo(SinkBacklog.NONE);
    }
}
