package org.lesionstream.worker.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;

/** The table {@code case_sink}, as far as it is written with the outcomes: which closed cases are still to go to the sink. */
final class SinkTable {
    private static final String INSERT = """
            INSERT INTO case_sink (case_id, reference, revision)
            SELECT * FROM unnest(?, ?, ?)
            ON CONFLICT (case_id, reference) DO UPDATE
               SET revision     = excluded.revision,
                   state        = 'due',
                   attempts     = 0,
                   due_at       = now(),
                   failure_code = NULL,
                   created_at   = now(),
                   updated_at   = now()
             WHERE case_sink.revision < excluded.revision
            """;

    private SinkTable() {}

    /** Makes the revisions due that were closed just now, in the place of earlier ones of their cases. */
    static void insert(Connection connection, Collection<CaseResultTable.Row> closed) throws SQLException {
        if (closed.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = Database.prepare(connection, INSERT)) {
            new RowArrays<>(statement, closed)
                    .text(row -> row.key().caseId())
                    .text(row -> row.key().reference())
                    .integer(CaseResultTable.Row::revision);
            statement.executeUpdate();
        }
    }
}
