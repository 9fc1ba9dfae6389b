package org.lesionstream.worker.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.lesionstream.worker.delivery.Position;

/** Questions about dead letters, and about what became of those that were replayed. Thread-safe; throws as {@link ResultStore} does. */
public final class DeadLetterQueries {

    /** The replay that is under way is in the history already, with the letter that it is made of. */
    private static final String LETTERS = """
            SELECT found.job_id, found.kind, found.case_id, found.reference, found.image_index, found.failure_code,
                   found.message ->> 'type' AS failure_type, (found.message ->> 'attempts')::int AS attempts,
                   found.source_topic, found.source_partition, found.source_offset, found.replay, found.created_at,
                   found.replay_requested, asked.requested_at, asked.published_offset IS NOT NULL AS sent,
                   asked.published_offset IS NULL AND asked.requested_at < now() - make_interval(secs => ?) AS abandoned,
                   found.message
              FROM job_outcome AS found
              LEFT JOIN dead_letter_replay AS asked
                     ON asked.job_id = found.job_id AND asked.replay = found.replay_requested
            """;

    private static final String NEWEST_FIRST = " ORDER BY found.created_at DESC, found.job_id LIMIT ?";

    private static final String IS_OR_WAS_DEAD = """
             WHERE found.job_id = ?
               AND (found.kind = 'dead_letter'
                    OR EXISTS (SELECT FROM dead_letter_replay AS earlier WHERE earlier.job_id = found.job_id))
            """;

    private static final String HISTORY = """
            SELECT replay, failure_code, dead_since, requested_at, requested_by, published_topic, published_partition,
                   published_offset, traceparent, message
              FROM dead_letter_replay
             WHERE job_id = ?
             ORDER BY replay
            """;

    private static final String SEGMENTED = """
            SELECT job_id FROM job_outcome WHERE job_id = ANY (?) AND kind = 'segmented'
            """;

    private final Database database;

    public DeadLetterQueries(DataSource source) {
        this.database = new Database(source, "dead letters");
    }

    /**
     * A page of dead letters, newest first.
     *
     * @param after the last letter of the page before; empty for the first page
     * @param size most letters of the page
     */
    public List<StoredLetter> page(DeadLetterFilter filter, Optional<JobCursor> after, int size) {
        Conditions conditions = filter.conditions();
        after.ifPresent(cursor -> cursor.continueIn(conditions));
        return database.inTransaction(connection -> {
            try (PreparedStatement statement =
                    Database.prepare(connection, LETTERS + conditions.where() + NEWEST_FIRST)) {
                statement.setDouble(1, DeadLetterReplays.TIME_TO_SEND.toMillis() / 1000.0);
                statement.setInt(conditions.bind(statement, 1) + 1, size);
                List<StoredLetter> page = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        page.add(letter(rows));
                    }
                }
                return page;
            }
        });
    }

    /** All about a job that is a dead letter or was one; empty for any other. */
    public Optional<DeadLetterDetails> details(String jobId) {
        return database.inTransaction(connection -> {
            try (PreparedStatement statement = Database.prepare(connection, LETTERS + IS_OR_WAS_DEAD)) {
                statement.setDouble(1, DeadLetterReplays.TIME_TO_SEND.toMillis() / 1000.0);
                statement.setString(2, jobId);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(details(rows, history(connection, jobId))) : Optional.empty();
                }
            }
        });
    }

    /** Those of some jobs that have a mask. */
    public Set<String> segmented(Collection<String> jobIds) {
        return database.inTransaction(connection -> {
            try (PreparedStatement statement = Database.prepare(connection, SEGMENTED)) {
                new RowArrays<>(statement, jobIds).text(id -> id);
                Set<String> found = new HashSet<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(rows.getString("job_id"));
                    }
                }
                return found;
            }
        });
    }

    private static List<EarlierLetter> history(Connection connection, String jobId) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, HISTORY)) {
            statement.setString(1, jobId);
            List<EarlierLetter> letters = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    letters.add(new EarlierLetter(
                            rows.getInt("replay"),
                            rows.getString("failure_code"),
                            moment(rows, "dead_since"),
                            moment(rows, "requested_at"),
                            rows.getString("requested_by"),
                            rows.getString("published_topic") == null
                                    ? Optional.empty()
                                    : Optional.of(position(rows, "published")),
                            Optional.ofNullable(rows.getString("traceparent")),
                            rows.getString("message")));
                }
            }
            return letters;
        }
    }

    private static DeadLetterDetails details(ResultSet row, List<EarlierLetter> earlier) throws SQLException {
        OutcomeKind kind = OutcomeKind.ofColumn(row.getString("kind"));
        return new DeadLetterDetails(
                row.getString("job_id"),
                kind,
                moment(row, "created_at"),
                row.getInt("replay"),
                kind == OutcomeKind.DEAD_LETTER ? Optional.of(letter(row)) : Optional.empty(),
                earlier);
    }

    private static StoredLetter letter(ResultSet row) throws SQLException {
        return new StoredLetter(
                new DeadLetterOverview(
                        row.getString("job_id"),
                        row.getString("failure_code"),
                        row.getString("failure_type"),
                        row.getInt("attempts"),
                        Optional.ofNullable(row.getString("case_id")),
                        Optional.ofNullable(row.getString("reference")),
                        Optional.ofNullable(row.getObject("image_index", Integer.class)),
                        position(row, "source"),
                        row.getInt("replay"),
                        pending(row),
                        moment(row, "created_at")),
                row.getString("message"));
    }

    private static Optional<PendingReplay> pending(ResultSet row) throws SQLException {
        if (row.getObject("requested_at") == null) {
            return Optional.empty();
        }
        return Optional.of(new PendingReplay(
                row.getInt("replay_requested"),
                moment(row, "requested_at"),
                row.getBoolean("sent"),
                row.getBoolean("abandoned")));
    }

    private static Position position(ResultSet row, String which) throws SQLException {
        return new Position(
                row.getString(which + "_topic"), row.getInt(which + "_partition"), row.getLong(which + "_offset"));
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
