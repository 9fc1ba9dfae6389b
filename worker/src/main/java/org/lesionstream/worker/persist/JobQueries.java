package org.lesionstream.worker.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
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

    private static final String LESIONS = """
            SELECT index, label, area_pixels, area_square_millimetres, centroid_row, centroid_column,
                   min_row, min_column, max_row, max_column, mean_confidence, min_confidence
              FROM lesion
             WHERE job_id = ?
             ORDER BY index
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
                    return rows.next() ? Optional.of(details(rows, lesions(connection, jobId))) : Optional.empty();
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

    private static List<LesionStatistics> lesions(Connection connection, String jobId) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, LESIONS)) {
            statement.setString(1, jobId);
            List<LesionStatistics> lesions = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    lesions.add(lesion(rows));
                }
            }
            return lesions;
        }
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

    private static LesionStatistics lesion(ResultSet row) throws SQLException {
        return new LesionStatistics(
                row.getInt("index"),
                row.getInt("label"),
                row.getLong("area_pixels"),
                Optional.ofNullable(row.getObject("area_square_millimetres", Double.class)),
                row.getDouble("centroid_row"),
                row.getDouble("centroid_column"),
                row.getInt("min_row"),
                row.getInt("min_column"),
                row.getInt("max_row"),
                row.getInt("max_column"),
                Optional.ofNullable(row.getObject("mean_confidence", Double.class)),
                Optional.ofNullable(row.getObject("min_confidence", Double.class)),
                Optional.empty(),
                Optional.empty());
    }
}
