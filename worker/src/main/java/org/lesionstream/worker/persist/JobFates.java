package org.lesionstream.worker.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Tells of many jobs at once which of them have ended, and how. Thread-safe; throws as {@link ResultStore} does. */
public final class JobFates {
    /** Of one statement, so that its array stays small. */
    private static final int MOST = 1000;

    private static final String FATES = "SELECT job_id, kind, failure_code FROM job_outcome WHERE job_id = ANY (?)";

    private final Database database;

    public JobFates(DataSource source) {
        this.database = new Database(source, "job fates");
    }

    /** The fates of those jobs that have an outcome, by job id. */
    public Map<String, JobFate> of(Collection<String> jobIds) {
        List<String> ids = List.copyOf(jobIds);
        if (ids.isEmpty()) {
            return Map.of();
        }
        return database.inTransactionByKey(connection -> {
            Map<String, JobFate> fates = new HashMap<>();
            for (int from = 0; from < ids.size(); from += MOST) {
                read(connection, ids.subList(from, Math.min(ids.size(), from + MOST)), fates);
            }
            return fates;
        });
    }

    private static void read(Connection connection, List<String> ids, Map<String, JobFate> fates) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, FATES)) {
            new RowArrays<>(statement, ids).text(id -> id);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    fates.put(
                            rows.getString("job_id"),
                            new JobFate(
                                    OutcomeKind.ofColumn(rows.getString("kind")),
                                    Optional.ofNullable(rows.getString("failure_code"))));
                }
            }
        }
    }
}
