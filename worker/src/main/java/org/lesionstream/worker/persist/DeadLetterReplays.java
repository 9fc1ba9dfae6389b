package org.lesionstream.worker.persist;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.lesionstream.worker.delivery.Position;

/**
 * Keeps account of replays: which dead letter is on its way again, under which number, and what it was before.
 *
 * <ul>
 *   <li>A replay is asked for before it is sent, and noted when the broker has it. A crash in between leaves one that was not sent; it is
 *       given out again after {@link #TIME_TO_SEND}, under the same number.
 *   <li>A dead letter is given out once, however many ask at the same time. Under the same number it may be given out again on
 *       purpose; two messages of one replay still have one outcome.
 *   <li>Locks cases by id, then outcomes by job id, as {@link PostgresResultStore} does. Thread-safe; throws as {@link ResultStore} does.
 * </ul>
 */
public final class DeadLetterReplays {

    /** Within this time somebody who was given a replay sends it, or is taken to have failed. */
    static final Duration TIME_TO_SEND = Duration.ofMinutes(1);

    private static final String LOCK_CASES = """
            SELECT case_id
              FROM imaging_case
             WHERE (case_id, reference) IN (SELECT case_id, reference FROM job_outcome WHERE job_id = ANY (?))
             ORDER BY case_id, reference
               FOR UPDATE
            """;

    private static final String LOCK_LETTERS = """
            SELECT job_id FROM job_outcome WHERE job_id = ANY (?) ORDER BY job_id FOR UPDATE
            """;

    /** What could not be read has its answer elsewhere, so nobody knows whether it is still under way. */
    private static final String GIVE_AGAIN = """
            UPDATE dead_letter_replay AS asked
               SET requested_at = now(), requested_by = ?,
                   published_topic = NULL, published_partition = NULL, published_offset = NULL
              FROM job_outcome
             WHERE asked.job_id = ANY (?)
               AND job_outcome.job_id = asked.job_id
               AND job_outcome.replay_requested = asked.replay
               AND ((? AND job_outcome.case_id IS NOT NULL)
                    OR (asked.published_offset IS NULL AND asked.requested_at < now() - make_interval(secs => ?)))
            RETURNING asked.job_id, asked.replay
            """;

    private static final String GIVE = """
            WITH given AS (
                UPDATE job_outcome
                   SET replay_requested = replay + 1
                 WHERE job_id = ANY (?) AND kind = 'dead_letter' AND replay_requested IS NULL
                RETURNING job_id, replay_requested, failure_code, message, created_at
            )
            INSERT INTO dead_letter_replay (job_id, replay, requested_by, failure_code, message, dead_since)
            SELECT job_id, replay_requested, ?, failure_code, message, created_at FROM given
            RETURNING job_id, replay
            """;

    private static final String SENT = """
            UPDATE dead_letter_replay AS asked
               SET published_topic = sent.topic, published_partition = sent.partition, published_offset = sent.place,
                   traceparent = sent.traceparent
              FROM unnest(?, ?, ?, ?, ?, ?) AS sent (job_id, replay, topic, partition, place, traceparent)
             WHERE asked.job_id = sent.job_id AND asked.replay = sent.replay
            """;

    private final Database database;

    public DeadLetterReplays(DataSource source) {
        this.database = new Database(source, "replay");
    }

    /**
     * A replay that the broker has.
     *
     * @param number which replay of the job
     * @param position where its message stands
     * @param traceParent W3C trace context of the message
     */
    public record Sent(String jobId, int number, Position position, Optional<String> traceParent) {}

    /**
     * Asks for replays; from here on the jobs are not done, and whoever is given one sends it.
     *
     * @param jobIds of dead letters; what is none, or none any more, is not given
     * @param by who asks, 1 to 100 characters
     * @param again whether to give also what is under way already, for a message that was lost
     * @return the number of the replay of each job that was given
     */
    public Map<String, Integer> request(Collection<String> jobIds, String by, boolean again) {
        if (jobIds.isEmpty()) {
            return Map.of();
        }
        return database.inTransactionByKey(connection -> {
            lock(connection, LOCK_CASES, jobIds);
            lock(connection, LOCK_LETTERS, jobIds);
            Map<String, Integer> given = new HashMap<>();
            try (PreparedStatement statement = Database.prepare(connection, GIVE_AGAIN)) {
                statement.setString(1, by);
                statement.setArray(2, array(connection, jobIds));
                statement.setBoolean(3, again);
                statement.setDouble(4, TIME_TO_SEND.toMillis() / 1000.0);
                collect(statement, given);
            }
            try (PreparedStatement statement = Database.prepare(connection, GIVE)) {
                statement.setArray(1, array(connection, jobIds));
                statement.setString(2, by);
                collect(statement, given);
            }
            return given;
        });
    }

    /** Notes that the broker has replays. */
    public void sent(Collection<Sent> replays) {
        if (replays.isEmpty()) {
            return;
        }
        database.inTransactionByKey(connection -> {
            try (PreparedStatement statement = Database.prepare(connection, SENT)) {
                new RowArrays<>(statement, replays)
                        .text(Sent::jobId)
                        .integer(Sent::number)
                        .text(sent -> sent.position().topic())
                        .integer(sent -> sent.position().partition())
                        .bigint(sent -> sent.position().offset())
                        .optionalText(Sent::traceParent);
                return statement.executeUpdate();
            }
        });
    }

    private static void lock(Connection connection, String sql, Collection<String> jobIds) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, sql)) {
            statement.setArray(1, array(connection, jobIds));
            statement.executeQuery().close();
        }
    }

    private static void collect(PreparedStatement statement, Map<String, Integer> given) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                given.put(rows.getString("job_id"), rows.getInt("replay"));
            }
        }
    }

    private static Array array(Connection connection, Collection<String> ids) throws SQLException {
        return connection.createArrayOf("text", ids.toArray());
    }
}
