package org.lesionstream.worker.persist;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Pages of finished jobs, newest first. Thread-safe; throws as {@link ResultStore} does. */
public final class JobPages {

    /** Totals are looked up for the rows of the page alone. */
    private static final String COLUMNS = """
            SELECT page.*, found.lesions, found.area_pixels, found.area_square_millimetres
              FROM (SELECT job_id, kind, case_id, reference, image_index, counted, checkpoint_digest, failure_code,
                           source_topic, created_at
                      FROM job_outcome AS found
            """;

    private static final String TOTALS = """
                     ORDER BY created_at DESC, job_id
                     LIMIT ?) AS page
              LEFT JOIN LATERAL (
                    SELECT sum(lesions) AS lesions,
                           sum(area_pixels)::bigint AS area_pixels,
                           CASE WHEN count(*) = count(area_square_millimetres) THEN sum(area_square_millimetres) END
                               AS area_square_millimetres
                      FROM class_total
                     WHERE class_total.job_id = page.job_id) AS found ON true
             ORDER BY created_at DESC, job_id
            """;

    private final Database database;

    public JobPages(DataSource source) {
        this.database = new Database(source, "job list");
    }

    /**
     * A page of jobs.
     *
     * @param after the last job of the page before; empty for the first page
     * @param size most jobs of the page
     */
    public List<JobOverview> page(JobFilter filter, Optional<JobCursor> after, int size) {
        Conditions conditions = new Conditions();
        FindingConditions.ofJobs(filter.finding(), conditions);
        filter.outcome().ifPresent(outcome -> conditions.and("kind = ?", outcome.column()));
        after.ifPresent(cursor -> cursor.continueIn(conditions));
        return database.inTransaction(connection -> {
            try (PreparedStatement statement = Database.prepare(connection, COLUMNS + conditions.where() + TOTALS)) {
                statement.setInt(conditions.bind(statement, 0) + 1, size);
                List<JobOverview> page = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        page.add(overview(rows));
                    }
                }
                return page;
            }
        });
    }

    private static JobOverview overview(ResultSet row) throws SQLException {
        return new JobOverview(
                row.getString("job_id"),
                OutcomeKind.ofColumn(row.getString("kind")),
                Optional.ofNullable(row.getString("case_id")),
                Optional.ofNullable(row.getString("reference")),
                Optional.ofNullable(row.getObject("image_index", Integer.class)),
                row.getBoolean("counted"),
                Optional.ofNullable(row.getString("checkpoint_digest")),
                Optional.ofNullable(row.getString("failure_code")),
                row.getString("source_topic"),
                Optional.ofNullable(row.getObject("lesions", Long.class)),
                Optional.ofNullable(row.getObject("area_pixels", Long.class)),
                Optional.ofNullable(row.getObject("area_square_millimetres", Double.class)),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
