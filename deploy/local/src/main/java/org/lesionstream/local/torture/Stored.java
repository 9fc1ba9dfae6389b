package org.lesionstream.local.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the database holds in the end, read with SQL of our own: a checker that asked the worker would believe its mistakes.
 *
 * @param outcomes by job, or by the position of what is no job
 */
record Stored(Map<String, Outcome> outcomes, List<Case> cases, List<CaseRevision> revisions) {

    /**
     * A row of {@code job_outcome}, with what hangs on it.
     *
     * @param digest of the checkpoint
     * @param mask PNG and digest as stored; present for a segmented image
     * @param lesions how many rows tell of a lesion
     * @param lesionPixels their areas together
     */
    record Outcome(
            String jobId,
            String kind,
            Optional<String> digest,
            String caseId,
            String reference,
            JsonNode message,
            Optional<Mask> mask,
            int lesions,
            long lesionPixels) {}

    /** A row of {@code mask}. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never changed or compared
    record Mask(byte[] png, String sha256) {}

    /** A row of {@code imaging_case}. */
    record Case(String id, String reference, Optional<String> digest, int images, int finished, int revision) {}

    /** A row of {@code case_result}. */
    record CaseRevision(String caseId, String reference, int revision, String closingJobId, JsonNode message) {}

    private static final String OUTCOMES = """
            SELECT job_outcome.job_id, kind, checkpoint_digest, case_id, reference, message, png, mask.sha256,
                   (SELECT count(*) FROM lesion WHERE lesion.job_id = job_outcome.job_id) AS lesions,
                   (SELECT coalesce(sum(area_pixels), 0) FROM lesion WHERE lesion.job_id = job_outcome.job_id) AS pixels
              FROM job_outcome LEFT JOIN mask USING (job_id)
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    static Stored read(Connection connection) throws SQLException, IOException {
        Map<String, Outcome> outcomes = new HashMap<>();
        for (Outcome outcome : rows(connection, OUTCOMES, Stored::outcome)) {
            outcomes.put(outcome.jobId(), outcome);
        }
        return new Stored(
                outcomes,
                rows(
                        connection,
                        "SELECT case_id, reference, checkpoint_digest, images, finished, revision FROM imaging_case",
                        row -> new Case(
                                row.getString(1),
                                row.getString(2),
                                Optional.ofNullable(row.getString(3)),
                                row.getInt(4),
                                row.getInt(5),
                                row.getInt(6))),
                rows(
                        connection,
                        "SELECT case_id, reference, revision, closing_job_id, message FROM case_result",
                        row -> new CaseRevision(
                                row.getString(1),
                                row.getString(2),
                                row.getInt(3),
                                row.getString(4),
                                JSON.readTree(row.getString(5)))));
    }

    private static Outcome outcome(ResultSet row) throws SQLException, IOException {
        String sha256 = row.getString("sha256");
        return new Outcome(
                row.getString("job_id"),
                row.getString("kind"),
                Optional.ofNullable(row.getString("checkpoint_digest")),
                row.getString("case_id"),
                row.getString("reference"),
                JSON.readTree(row.getString("message")),
                sha256 == null ? Optional.empty() : Optional.of(new Mask(row.getBytes("png"), sha256)),
                row.getInt("lesions"),
                row.getLong("pixels"));
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException, IOException;
    }

    private static <T> List<T> rows(Connection connection, String sql, RowReader<T> reader)
            throws SQLException, IOException {
        List<T> rows = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql);
                ResultSet found = query.executeQuery()) {
            while (found.next()) {
                rows.add(reader.read(found));
            }
        }
        return rows;
    }
}
