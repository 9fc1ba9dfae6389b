package org.lesionstream.worker.persist;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The table {@code case_result}: every revision of every case, and which of them still wait for their volume. */
final class CaseResultTable {
    private static final String INSERT = """
            INSERT INTO case_result (case_id, reference, revision, closing_job_id, complete, closed_by_time, jobs,
                                     volume_pending, message)
            SELECT case_id, reference, revision, closing_job_id, (message::json ->> 'complete')::boolean, closed_by_time,
                   string_to_array(jobs, ' '), volume_pending, message::json
              FROM unnest(?, ?, ?, ?, ?, ?, ?, ?)
                   AS closed (case_id, reference, revision, closing_job_id, closed_by_time, jobs, volume_pending, message)
            """;

    private static final String CLOSED_BY = """
            SELECT case_id, reference, revision, closing_job_id, closed_by_time, jobs, volume_pending, message
              FROM case_result
             WHERE closing_job_id = ANY (?)
             ORDER BY revision
            """;

    private static final String BY_KEY = """
            SELECT case_id, reference, revision, closing_job_id, closed_by_time, jobs, volume_pending, message
              FROM case_result
             WHERE case_id = ? AND reference = ? AND revision = ?
            """;

    private static final String COMPLETE = """
            UPDATE case_result
               SET message = ?::json, volume_pending = false
             WHERE case_id = ? AND reference = ? AND revision = ? AND volume_pending
            """;

    private CaseResultTable() {}

    /**
     * A revision as its row says it.
     *
     * @param jobs the jobs whose masks it rests on, by image
     * @param volumePending whether the message still lacks the volume, and must not be published
     * @param message the case result as JSON
     */
    @SuppressWarnings("ArrayRecordComponent") // written or read once and never compared
    record Row(
            CaseKey key,
            int revision,
            String closingJobId,
            boolean byTime,
            List<String> jobs,
            boolean volumePending,
            byte[] message) {
        Row {
            jobs = List.copyOf(jobs);
        }
    }

    static void insert(Connection connection, Collection<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = Database.prepare(connection, INSERT)) {
            new RowArrays<>(statement, rows)
                    .text(row -> row.key().caseId())
                    .text(row -> row.key().reference())
                    .integer(Row::revision)
                    .text(Row::closingJobId)
                    .bool(Row::byTime)
                    .text(row -> String.join(" ", row.jobs())) // an id has no blank
                    .bool(Row::volumePending)
                    .text(row -> new String(row.message(), UTF_8));
            statement.executeUpdate();
        }
    }

    /** The revisions that some jobs or control records closed, in order: a job closes another one when its replay mends it. */
    static List<Row> closedBy(Connection connection, Collection<String> closers) throws SQLException {
        if (closers.isEmpty()) {
            return List.of();
        }
        try (PreparedStatement statement = Database.prepare(connection, CLOSED_BY)) {
            new RowArrays<>(statement, closers).text(closer -> closer);
            List<Row> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(row(rows));
                }
            }
            return found;
        }
    }

    static Optional<Row> find(Connection connection, CaseKey key, int revision) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, BY_KEY)) {
            statement.setString(1, key.caseId());
            statement.setString(2, key.reference());
            statement.setInt(3, revision);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(row(rows)) : Optional.empty();
            }
        }
    }

    /** Writes the message with its volume; false if another worker did so before, whose message stays. */
    static boolean complete(Connection connection, Row row, byte[] message) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, COMPLETE)) {
            statement.setString(1, new String(message, UTF_8));
            statement.setString(2, row.key().caseId());
            statement.setString(3, row.key().reference());
            statement.setInt(4, row.revision());
            return statement.executeUpdate() == 1;
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new CaseKey(row.getString("case_id"), row.getString("reference")),
                row.getInt("revision"),
                row.getString("closing_job_id"),
                row.getBoolean("closed_by_time"),
                List.of((String[]) row.getArray("jobs").getArray()),
                row.getBoolean("volume_pending"),
                row.getString("message").getBytes(UTF_8));
    }
}
