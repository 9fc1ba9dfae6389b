package org.lesionstream.worker.persist;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.lesionstream.schemas.message.CaseTimeout;

/**
 * Finds the cases whose time is up: images are missing, and nothing has come for too long.
 *
 * <ul>
 *   <li>The database's clock decides, so workers whose clocks disagree do not.
 *   <li>A case is given to one of several askers at a time. It is given out again after {@link #AGAIN}, in case whoever had
 *       it could not ask for the closing; asking twice does no harm.
 *   <li>A case that was closed so is found again only after a late image came and its time was up once more.
 *   <li>Never waits for a locked row. Thread-safe; throws as {@link ResultStore} does.
 * </ul>
 */
public final class CaseTimeouts {
    static final Duration AGAIN = Duration.ofMinutes(5);

    private static final String CLAIM = """
            UPDATE imaging_case
               SET timeout_requested_at = now()
              FROM (SELECT case_id, reference
                      FROM imaging_case
                     WHERE finished < images
                       AND updated_at < now() - make_interval(secs => ?)
                       AND (closed_at IS NULL OR updated_at > closed_at)
                       AND (timeout_requested_at IS NULL OR timeout_requested_at < now() - make_interval(secs => ?))
                     ORDER BY updated_at
                     LIMIT ?
                       FOR UPDATE SKIP LOCKED) AS waiting
             WHERE imaging_case.case_id = waiting.case_id AND imaging_case.reference = waiting.reference
            RETURNING imaging_case.case_id, imaging_case.reference, revision
            """;

    private final Database database;

    public CaseTimeouts(DataSource source) {
        this.database = new Database(source, "case timeout");
    }

    /**
     * Takes some of the cases whose time is up.
     *
     * @param limit how long after its latest outcome a case is waited for
     * @param most how many at once
     */
    public List<CaseTimeout> claim(Duration limit, int most) {
        return database.inTransaction(connection -> {
            try (PreparedStatement statement = Database.prepare(connection, CLAIM)) {
                statement.setDouble(1, limit.toMillis() / 1000.0);
                statement.setDouble(2, AGAIN.toMillis() / 1000.0);
                statement.setInt(3, most);
                List<CaseTimeout> claimed = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        claimed.add(timeout(rows));
                    }
                }
                return claimed;
            }
        });
    }

    private static CaseTimeout timeout(ResultSet row) throws SQLException {
        CaseKey key = new CaseKey(row.getString("case_id"), row.getString("reference"));
        return new CaseTimeout(key.caseId(), key.checkpoint(), row.getInt("revision") + 1);
    }
}
