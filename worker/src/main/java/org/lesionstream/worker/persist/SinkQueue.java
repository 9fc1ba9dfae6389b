package org.lesionstream.worker.persist;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.lesionstream.schemas.message.FailureCode;

/**
 * The closed cases whose results are on their way to the sink.
 *
 * <ul>
 *   <li>An entry is lent to one worker at a time and for so long as it says. One that was not given back by then, since its worker died, is lent
 *       again; writing it twice gives the sink the same files twice.
 *   <li>No transaction is open while a sink is written to.
 *   <li>A revision that is closed meanwhile takes the place of the one that is lent; what is said of that then changes nothing.
 *   <li>A stack of slices is due when its volume is measured.
 *   <li>The database's clock decides. Thread-safe; throws as {@link ResultStore} does.
 * </ul>
 */
public final class SinkQueue {
    private static final String CLAIM = """
            UPDATE case_sink
               SET attempts = attempts + 1, due_at = now() + make_interval(secs => ?), updated_at = now()
              FROM (SELECT case_sink.case_id, case_sink.reference
                      FROM case_sink
                      JOIN case_result USING (case_id, reference, revision)
                     WHERE state = 'due' AND due_at <= now() AND NOT volume_pending
                     ORDER BY due_at
                     LIMIT 1
                       FOR UPDATE OF case_sink SKIP LOCKED) AS next
             WHERE case_sink.case_id = next.case_id AND case_sink.reference = next.reference
            RETURNING case_sink.case_id, case_sink.reference, revision, attempts
            """;

    private static final String END = """
            UPDATE case_sink
               SET state = ?, failure_code = ?, files = ?, due_at = now() + make_interval(secs => ?), updated_at = now()
             WHERE case_id = ? AND reference = ? AND revision = ? AND state = 'due'
            """;

    private static final String BACKLOG = """
            SELECT (SELECT count(*) FROM case_sink WHERE state = 'due') AS due,
                   (SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0)
                      FROM case_sink WHERE state = 'due')::double precision AS oldest,
                   (SELECT count(*) FROM case_sink WHERE state = 'failed') AS failed
            """;

    private static final String FAILURES = """
            SELECT case_id, reference, revision, state, attempts, failure_code, updated_at
              FROM case_sink
             WHERE state IN ('due', 'failed') AND failure_code IS NOT NULL
             ORDER BY updated_at DESC, case_id, reference
             LIMIT ?
            """;

    private static final String RETRY = """
            UPDATE case_sink
               SET state = 'due', due_at = now(), attempts = 0, updated_at = now()
             WHERE (state = 'failed' OR (state = 'due' AND failure_code IS NOT NULL)) AND (?::text IS NULL OR case_id = ?)
            """;

    private final Database database;

    public SinkQueue(DataSource source) {
        this.database = new Database(source, "sink queue");
    }

    /**
     * Borrows the entry that has been due for the longest time.
     *
     * @param lease how long nobody else gets it
     */
    public Optional<SinkEntry> claim(Duration lease) {
        return database.inTransaction(connection -> {
            try (PreparedStatement statement = Database.prepare(connection, CLAIM)) {
                statement.setDouble(1, seconds(lease));
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next()
                            ? Optional.of(new SinkEntry(
                                    rows.getString("case_id"),
                                    rows.getString("reference"),
                                    rows.getInt("revision"),
                                    rows.getInt("attempts")))
                            : Optional.empty();
                }
            }
        });
    }

    /** The sink has all files of the entry; none, if the case has nothing that it takes. */
    public void written(SinkEntry entry, int files) {
        end(entry, files > 0 ? "written" : "nothing", Optional.empty(), files, Duration.ZERO);
    }

    /** It did not succeed, and may the next time. */
    public void again(SinkEntry entry, FailureCode code, Duration delay) {
        end(entry, "due", Optional.of(code), 0, delay);
    }

    /** It cannot succeed before somebody mends the cause, and then asks for it by {@link #retry}. */
    public void failed(SinkEntry entry, FailureCode code) {
        end(entry, "failed", Optional.of(code), 0, Duration.ZERO);
    }

    public SinkBacklog backlog() {
        return database.inTransaction(connection -> {
            try (PreparedStatement statement = Database.prepare(connection, BACKLOG);
                    ResultSet rows = statement.executeQuery()) {
                rows.next();
                return new SinkBacklog(
                        rows.getLong("due"),
                        Duration.ofMillis(Math.round(1000 * rows.getDouble("oldest"))),
                        rows.getLong("failed"));
            }
        });
    }

    /** What the last attempt could not write, the latest first. */
    public List<SinkFailure> failures(int most) {
        return database.inTransaction(connection -> {
            try (PreparedStatement statement = Database.prepare(connection, FAILURES)) {
                statement.setInt(1, most);
                List<SinkFailure> failures = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        failures.add(failure(rows));
                    }
                }
                return failures;
            }
        });
    }

    /**
     * Makes due now what could not be written.
     *
     * @param caseId of one case; all of them if empty
     * @return how many entries
     */
    public int retry(Optional<String> caseId) {
        return database.inTransaction(connection -> {
            try (PreparedStatement statement = Database.prepare(connection, RETRY)) {
                statement.setString(1, caseId.orElse(null));
                statement.setString(2, caseId.orElse(null));
                return statement.executeUpdate();
            }
        });
    }

    private void end(SinkEntry entry, String state, Optional<FailureCode> code, int files, Duration delay) {
        database.inTransaction(connection -> {
            try (PreparedStatement statement = Database.prepare(connection, END)) {
                statement.setString(1, state);
                statement.setString(2, code.map(FailureCode::name).orElse(null));
                statement.setInt(3, files);
                statement.setDouble(4, seconds(delay));
                statement.setString(5, entry.caseId());
                statement.setString(6, entry.reference());
                statement.setInt(7, entry.revision());
                return statement.executeUpdate();
            }
        });
    }

    private static SinkFailure failure(ResultSet row) throws SQLException {
        return new SinkFailure(
                row.getString("case_id"),
                row.getString("reference"),
                row.getInt("revision"),
                row.getString("state").equals("due"),
                row.getInt("attempts"),
                FailureCode.valueOf(row.getString("failure_code")),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
