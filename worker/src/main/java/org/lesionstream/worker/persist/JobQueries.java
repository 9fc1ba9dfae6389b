package org.lesionstream.worker.persist;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.lesion.LesionStatistics;

/** Questions about finished jobs. Thread-safe; throws as {@link ResultStore} does. */
public final class JobQueries {
    private static final String JOB = """
            SELECT job_id, kind, case_id, reference, image_index, created_at, message FROM job_outcome WHERE job_id = ?
            """;

    private static final String MASK = "SELECT png, sha256 FROM mask WHERE job_id = ?";

    private final Database database;

    public JobQueries(DataSource source) {
        this.database = new Database(source, "job query");
    }

    /** The job, once it has an outcome. */
    public Optional<JobDetails> job(String jobId) {
        return database.inTransaction(connection -> {
            try (PreparedStatement statement = Database.prepare(connection, JOB)) {
                statement.setString(1, jobId);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next()
                            ? Optional.of(details(rows, LesionTable.ofJob(connection, jobId)))
                            : Optional.empty();
                }
            }
        });
    }

    /** The job's mask, if it has one. */
    public Optional<StoredMask> mask(String jobId) {
        return database.inTransaction(connection -> {
            try (PreparedStatement statement = Database.prepare(connection, MASK)) {
                statement.setString(1, jobId);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next()
                            ? Optional.of(new StoredMask(rows.getBytes("png"), new Digest(rows.getString("sha256"))))
                            : Optional.empty();
                }
            }
        });
    }

    private static JobDetails details(ResultSet row, List<LesionStatistics> lesions) throws SQLException {
        return new JobDetails(
                row.getString("job_id"),
                OutcomeKind.ofColumn(row.getString("kind")),
                Optional.ofNullable(row.getString("case_id")),
                Optional.ofNullable(row.getString("reference")),
                Optional.ofNullable(row.getObject("image_index", Integer.class)),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("message"),
                lesions);
    }
}
