package org.lesionstream.worker.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The table {@code imaging_case}: locks the rows of a list's cases, and counts. */
final class CaseTable {

    /** In order, so that workers with the same cases never wait for each other. The locks hold until the commit. */
    private static final String LOCK = """
            SELECT imaging_case.case_id, imaging_case.reference, images, finished, revision
              FROM imaging_case
              JOIN unnest(?, ?) AS asked (case_id, reference) USING (case_id, reference)
             ORDER BY imaging_case.case_id, imaging_case.reference
               FOR UPDATE OF imaging_case
            """;

    private static final String CREATE = """
            INSERT INTO imaging_case (case_id, reference, images)
            SELECT case_id, reference, max(images)
              FROM unnest(?, ?, ?) AS lost (case_id, reference, images)
             GROUP BY case_id, reference
             ORDER BY case_id, reference
            ON CONFLICT (case_id, reference) DO NOTHING
            """;

    private static final String IMAGE_STATES = """
            SELECT case_id, reference, image_index, kind, job_id
              FROM job_outcome
              JOIN unnest(?, ?, ?) AS asked (case_id, reference, image_index) USING (case_id, reference, image_index)
             WHERE counted
            """;

    private static final String UPDATE = """
            UPDATE imaging_case
               SET images         = counted.images,
                   finished       = counted.finished,
                   revision       = coalesce(counted.revision, imaging_case.revision),
                   closing_job_id = coalesce(counted.closing_job_id, imaging_case.closing_job_id),
                   closed_at      = CASE WHEN counted.revision IS NULL THEN closed_at ELSE now() END,
                   updated_at     = now()
              FROM unnest(?, ?, ?, ?, ?, ?) AS counted (case_id, reference, images, finished, revision, closing_job_id)
             WHERE imaging_case.case_id = counted.case_id AND imaging_case.reference = counted.reference
            """;

    private CaseTable() {}

    /** The image of a case. */
    record CaseImageKey(CaseKey key, int image) {}

    /** A case's counter as it is from now on, with the closing if that is due. */
    record Count(CaseKey key, int images, int finished, Optional<CaseLedger.Closing> closing) {}

    /** Makes cases known that were dropped between the registration of their jobs and now; the rows all have a case. */
    static void create(Connection connection, Collection<OutcomeRow> rows) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, CREATE)) {
            new RowArrays<>(statement, rows)
                    .optionalText(row -> row.caseKey().map(CaseKey::caseId))
                    .optionalText(row -> row.caseKey().map(CaseKey::reference))
                    .optionalInteger(OutcomeRow::images);
            statement.executeUpdate();
        }
    }

    /**
     * Locks the cases of some images and opens their ledgers.
     *
     * @return by case; a case that has no row is absent
     */
    static Map<CaseKey, CaseLedger> lock(Connection connection, Set<CaseKey> keys, Set<CaseImageKey> images)
            throws SQLException {
        record Locked(int images, int finished, int revision) {}

        Map<CaseKey, Locked> locked = new LinkedHashMap<>();
        if (keys.isEmpty()) {
            return Map.of();
        }
        try (PreparedStatement statement = Database.prepare(connection, LOCK)) {
            new RowArrays<>(statement, keys).text(CaseKey::caseId).text(CaseKey::reference);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    locked.put(
                            key(rows),
                            new Locked(rows.getInt("images"), rows.getInt("finished"), rows.getInt("revision")));
                }
            }
        }
        Map<CaseKey, Map<Integer, CaseLedger.Spoken>> spoken = spoken(connection, images);
        Map<CaseKey, CaseLedger> ledgers = new LinkedHashMap<>();
        locked.forEach((key, row) -> ledgers.put(
                key, new CaseLedger(row.images(), row.finished(), row.revision(), spoken.getOrDefault(key, Map.of()))));
        return ledgers;
    }

    static void update(Connection connection, Collection<Count> counts) throws SQLException {
        if (counts.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = Database.prepare(connection, UPDATE)) {
            new RowArrays<>(statement, counts)
                    .text(count -> count.key().caseId())
                    .text(count -> count.key().reference())
                    .integer(Count::images)
                    .integer(Count::finished)
                    .optionalInteger(count -> count.closing().map(CaseLedger.Closing::revision))
                    .optionalText(count -> count.closing().map(CaseLedger.Closing::jobId));
            statement.executeUpdate();
        }
    }

    private static Map<CaseKey, Map<Integer, CaseLedger.Spoken>> spoken(Connection connection, Set<CaseImageKey> images)
            throws SQLException {
        Map<CaseKey, Map<Integer, CaseLedger.Spoken>> spoken = new HashMap<>();
        try (PreparedStatement statement = Database.prepare(connection, IMAGE_STATES)) {
            new RowArrays<>(statement, images)
                    .text(image -> image.key().caseId())
                    .text(image -> image.key().reference())
                    .integer(CaseImageKey::image);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    spoken.computeIfAbsent(key(rows), key -> new HashMap<>())
                            .put(
                                    rows.getInt("image_index"),
                                    new CaseLedger.Spoken(
                                            CaseLedger.ImageState.after(OutcomeKind.ofColumn(rows.getString("kind"))),
                                            rows.getString("job_id")));
                }
            }
        }
        return spoken;
    }

    static CaseKey key(ResultSet row) throws SQLException {
        return new CaseKey(row.getString("case_id"), row.getString("reference"));
    }
}
