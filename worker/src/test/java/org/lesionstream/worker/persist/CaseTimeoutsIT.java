package org.lesionstream.worker.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.SampleJob.CHECKPOINT;
import static org.lesionstream.worker.testing.SampleJob.aJob;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.message.CaseTimeout;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.testing.SampleJob;
import org.lesionstream.worker.testing.TestDatabase;

class CaseTimeoutsIT {
    private static final Duration LIMIT = Duration.ofHours(24);

    private static TestDatabase database;

    private PostgresResultStore store;
    private CaseTimeouts timeouts;

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
        timeouts = new CaseTimeouts(database.source());
    }

    @Test
    void findsACaseThatWaitedTooLongOnceForAllWorkers() throws SQLException {
        SampleJob first = aJob("1").inCase("c", 1, 2);
        register(first, aJob("whole"));
        store.save(List.of(first.segmented(1), aJob("whole").segmented(1)));

        assertThat(timeouts.claim(LIMIT, 10)).isEmpty();
        later(Duration.ofHours(25));
        assertThat(timeouts.claim(LIMIT, 10))
                .containsExactly(new CaseTimeout("c", first.job().checkpoint(), 1));
        assertThat(timeouts.claim(LIMIT, 10)).as("somebody is at it").isEmpty();
        later(CaseTimeouts.AGAIN.plusSeconds(1));
        assertThat(timeouts.claim(LIMIT, 10)).as("he seems to have failed").hasSize(1);
    }

    @Test
    void findsAClosedCaseAgainOnlyAfterALateImage() throws SQLException {
        SampleJob first = aJob("1").inCase("c", 1, 3);
        SampleJob late = aJob("2").inCase("c", 2, 3);
        register(first);
        store.save(List.of(first.segmented(1)));
        later(Duration.ofHours(25));
        store.save(List.of(new JobOutcome.TimedOut(
                aJob("control").envelope(), timeouts.claim(LIMIT, 10).get(0))));

        later(Duration.ofHours(25));
        assertThat(timeouts.claim(LIMIT, 10)).isEmpty();
        store.save(List.of(late.segmented(1)));
        later(Duration.ofHours(25));
        assertThat(timeouts.claim(LIMIT, 10))
                .containsExactly(new CaseTimeout("c", first.job().checkpoint(), 2));
    }

    @Test
    void findsACaseOfWhichNoImageEverCame() throws SQLException {
        register(aJob("1").inCase("c", 1, 1));
        later(Duration.ofHours(25));

        assertThat(timeouts.claim(LIMIT, 10)).hasSize(1);
    }

    @Test
    void takesNoMoreThanItIsAskedForLongestWaitingFirst() throws SQLException {
        register(aJob("old").inCase("old", 1, 1));
        later(Duration.ofHours(2));
        register(aJob("new").inCase("new", 1, 1));
        later(Duration.ofHours(25));

        assertThat(timeouts.claim(LIMIT, 1)).extracting(CaseTimeout::caseId).containsExactly("old");
        assertThat(timeouts.claim(LIMIT, 1)).extracting(CaseTimeout::caseId).containsExactly("new");
    }

    private void register(SampleJob... jobs) {
        store.register(Stream.of(jobs)
                .map(job -> new RegistrationRequest(job.job(), Optional.of(CHECKPOINT)))
                .toList());
    }

    /** Time goes by: everything in the table becomes so much older. */
    private static void later(Duration time) throws SQLException {
        String interval = " - interval '" + time.toSeconds() + " seconds'";
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "UPDATE imaging_case SET updated_at = updated_at" + interval + ", closed_at = closed_at" + interval
                            + ", timeout_requested_at = timeout_requested_at" + interval);
        }
    }
}
