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

/** Questions about cases, newest first. Thread-safe; throws as {@link ResultStore} does. */
public final class CaseQueries {
    /** While its volume is still to be measured a result is not published, hence not shown. */
    private static final String COLUMNS = """
            SELECT imaging_case.case_id, imaging_case.reference, checkpoint_digest, images, finished,
                   imaging_case.revision, imaging_case.created_at, closed_at,
                   CASE WHEN NOT result.volume_pending THEN result.message END AS result,
                   CASE WHEN imaging_case.revision = 0               THEN 'OPEN'
                        WHEN result.complete AND finished >= images THEN 'COMPLETE'
                        ELSE 'INCOMPLETE' END AS state
              FROM imaging_case
              LEFT JOIN case_result AS result
                ON result.case_id = imaging_case.case_id
               AND result.reference = imaging_case.reference
               AND result.revision = imaging_case.revision
            """;

    private static final String PAGE = "SELECT * FROM (" + COLUMNS + ") AS found";

    private static final String NEWEST_FIRST = " ORDER BY created_at DESC, case_id, reference LIMIT ?";

    private static final String BY_ID =
            COLUMNS + " WHERE imaging_case.case_id = ? ORDER BY imaging_case.created_at DESC, imaging_case.reference";

    private static final String JOBS = """
            SELECT image_index, job_id, kind, counted, failure_code
              FROM job_outcome
             WHERE case_id = ? AND reference = ?
             ORDER BY image_index, created_at, job_id
            """;

    private final Database database;

    public CaseQueries(DataSource source) {
        this.database = new Database(source, "case query");
    }

    /**
     * A page of cases.
     *
     * @param after the last case of the page before; empty for the first page
     * @param size most cases of the page
     */
    public List<CaseOverview> page(CaseFilter filter, Optional<CaseCursor> after, int size) {
        Conditions conditions = new Conditions();
        FindingConditions.ofCases(filter.finding(), conditions);
        filter.reference().ifPresent(reference -> conditions.and("reference = ?", reference.toString()));
        filter.state().ifPresent(state -> conditions.and("state = ?", state.name()));
        after.ifPresent(cursor -> conditions.and(
                "created_at <= ? AND (created_at < ? OR (case_id, reference) > (?, ?))",
                FindingConditions.at(cursor.createdAt()),
                FindingConditions.at(cursor.createdAt()),
                cursor.caseId(),
                cursor.reference()));
        return database.inTransaction(connection -> {
            try (PreparedStatement statement = Database.prepare(connection, PAGE + conditions.where() + NEWEST_FIRST)) {
                statement.setInt(conditions.bind(statement, 0) + 1, size);
                List<CaseOverview> page = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        page.add(overview(rows));
                    }
                }
                return page;
            }
        });
    }

    /** The case under every reference it was asked for, the newest first; empty if it is unknown. */
    public List<CaseDetails> byId(String caseId) {
        return database.inTransaction(connection -> {
            List<CaseDetails> found = new ArrayList<>();
            try (PreparedStatement statement = Database.prepare(connection, BY_ID)) {
                statement.setString(1, caseId);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        CaseOverview overview = overview(rows);
                        found.add(new CaseDetails(
                                overview,
                                Optional.ofNullable(rows.getString("result")),
                                jobs(connection, overview),
                                VolumeLesionTable.of(
                                        connection,
                                        new CaseKey(overview.caseId(), overview.reference()),
                                        overview.revision())));
                    }
                }
            }
            return found;
        });
    }

    private static List<CaseDetails.CaseJob> jobs(Connection connection, CaseOverview overview) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, JOBS)) {
            statement.setString(1, overview.caseId());
            statement.setString(2, overview.reference());
            List<CaseDetails.CaseJob> jobs = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    jobs.add(new CaseDetails.CaseJob(
                            rows.getInt("image_index"),
                            rows.getString("job_id"),
                            OutcomeKind.ofColumn(rows.getString("kind")),
                            rows.getBoolean("counted"),
                            Optional.ofNullable(rows.getString("failure_code"))));
                }
            }
            return jobs;
        }
    }

    private static CaseOverview overview(ResultSet row) throws SQLException {
        return new CaseOverview(
                row.getString("case_id"),
                row.getString("reference"),
                Optional.ofNullable(row.getString("checkpoint_digest")),
                CaseState.valueOf(row.getString("state")),
                row.getInt("images"),
                row.getInt("finished"),
                row.getInt("revision"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("closed_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}
