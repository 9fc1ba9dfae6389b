package org.lesionstream.worker.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.lesionstream.schemas.checkpoint.CheckpointReference;

/**
 * Which cases two checkpoints share, and which of their images show the same source.
 *
 * <p>Each side takes one reference per case: the one that was asked about, else, for a version or digest, the earliest under which that
 * checkpoint did the case.
 */
final class PairedCases {
    private static final String SIDE = """
            SELECT DISTINCT ON (case_id) case_id, reference
              FROM imaging_case
            """;

    private static final String SIDE_ORDER = " ORDER BY case_id, (reference = ?) DESC, created_at, reference";

    /** The images of one case, with what is known about the masks of each pair. */
    private static final String PAIRS = """
              FROM job_outcome AS left_job
              JOIN job_outcome AS right_job
                ON right_job.case_id = left_job.case_id
               AND right_job.image_index = left_job.image_index
               AND right_job.source_sha256 = left_job.source_sha256
              LEFT JOIN mask AS left_mask ON left_mask.job_id = left_job.job_id
              LEFT JOIN mask AS right_mask
                ON right_mask.job_id = right_job.job_id
               AND right_mask.width = left_mask.width
               AND right_mask.height = left_mask.height
             CROSS JOIN LATERAL (
                   SELECT EXISTS (
                          SELECT FROM mask_overlap
                           WHERE left_job_id IN (left_job.job_id, right_job.job_id)
                             AND right_job_id IN (left_job.job_id, right_job.job_id)) AS compared,
                          right_mask.width::bigint * right_mask.height AS pixels) AS known
             WHERE left_job.case_id = %s AND left_job.reference = %s AND right_job.reference = %s
               AND left_job.counted AND left_job.kind = 'segmented'
               AND right_job.counted AND right_job.kind = 'segmented'
            """;

    private static final String FOUND =
            """
            SELECT case_id, left_case.reference AS left_reference, right_case.reference AS right_reference, pairs.*
              FROM left_case
              JOIN right_case USING (case_id)
             CROSS JOIN LATERAL (
                   SELECT count(*) AS images,
                          count(*) FILTER (WHERE known.compared) AS compared,
                          count(*) FILTER (WHERE NOT known.compared AND known.pixels IS NULL) AS dropped,
                          coalesce(sum(known.pixels) FILTER (WHERE NOT known.compared), 0)::bigint AS pixels
            """ + PAIRS.formatted("left_case.case_id", "left_case.reference", "right_case.reference") + """
                   ) AS pairs
             WHERE left_case.reference <> right_case.reference AND pairs.images > 0
            """;

    private static final String PENDING = """
            SELECT left_job.job_id AS left_job, right_job.job_id AS right_job, known.pixels,
                   ARRAY(SELECT DISTINCT label::integer
                           FROM class_total
                          WHERE job_id IN (left_job.job_id, right_job.job_id)
                          ORDER BY 1) AS labels
            """ + PAIRS.formatted("?", "?", "?") + """
               AND NOT known.compared AND known.pixels IS NOT NULL
             ORDER BY left_job.image_index
             LIMIT ?
            """;

    private final String left;
    private final String right;

    PairedCases(CheckpointReference left, CheckpointReference right) {
        this.left = left.toString();
        this.right = right.toString();
    }

    /**
     * A case that both sides have.
     *
     * @param images paired images
     * @param compared those with a stored overlap
     * @param dropped those without, of which a mask is missing
     * @param pixels pixels of the pairs that could still be compared
     */
    record PairedCase(
            String caseId,
            String leftReference,
            String rightReference,
            int images,
            int compared,
            int dropped,
            long pixels) {}

    /** Two jobs whose masks are there and not compared yet; the labels are the classes of both. */
    record Pair(String leftJob, String rightJob, long pixels, List<Integer> labels) {}

    /** Both sides as common table expressions {@code left_case} and {@code right_case}. */
    String with() {
        return "WITH left_case AS (" + SIDE + conditions(left).where() + SIDE_ORDER + "), right_case AS (" + SIDE
                + conditions(right).where() + SIDE_ORDER + ") ";
    }

    /** Binds what {@link #with} asks for; returns how many parameters that are. */
    int bind(PreparedStatement statement) throws SQLException {
        int bound = conditions(left).bind(statement, 0);
        statement.setString(++bound, left);
        bound = conditions(right).bind(statement, bound);
        statement.setString(++bound, right);
        return bound;
    }

    /** The paired cases by id, after the given one. */
    List<PairedCase> page(Connection connection, String after, int size) throws SQLException {
        String page = with() + FOUND + " AND case_id > ? ORDER BY case_id LIMIT ?";
        try (PreparedStatement statement = Database.prepare(connection, page)) {
            int bound = bind(statement);
            statement.setString(bound + 1, after);
            statement.setInt(bound + 2, size);
            List<PairedCase> cases = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    cases.add(new PairedCase(
                            rows.getString("case_id"),
                            rows.getString("left_reference"),
                            rows.getString("right_reference"),
                            rows.getInt("images"),
                            rows.getInt("compared"),
                            rows.getInt("dropped"),
                            rows.getLong("pixels")));
                }
            }
            return cases;
        }
    }

    /** The pairs of a case that could be compared and are not yet, by image. */
    static List<Pair> pending(Connection connection, PairedCase paired, int most) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, PENDING)) {
            statement.setString(1, paired.caseId());
            statement.setString(2, paired.leftReference());
            statement.setString(3, paired.rightReference());
            statement.setInt(4, most);
            List<Pair> pairs = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    pairs.add(new Pair(
                            rows.getString("left_job"),
                            rows.getString("right_job"),
                            rows.getLong("pixels"),
                            List.of((Integer[]) rows.getArray("labels").getArray())));
                }
            }
            return pairs;
        }
    }

    /** Every paired case, for use behind {@link #with}. */
    static String found() {
        return FOUND;
    }

    private static Conditions conditions(String reference) {
        Conditions conditions = new Conditions();
        new CheckpointChoice(reference).restrict(conditions);
        return conditions;
    }
}
