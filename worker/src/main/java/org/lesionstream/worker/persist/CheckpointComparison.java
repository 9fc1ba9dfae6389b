package org.lesionstream.worker.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.worker.persist.PairedCases.Pair;
import org.lesionstream.worker.persist.PairedCases.PairedCase;

/**
 * Two checkpoints over the same pictures.
 *
 * <ul>
 *   <li>Masks are counted against each other when a page is asked for, and the counts are kept in {@code mask_overlap}: a pair is decoded
 *       once, and its Dice outlives the masks.
 *   <li>One request decodes at most {@value #MOST_PAIRS} pairs and begins no further one after {@value #MOST_PIXELS} pixels; a page ends
 *       before a case that does not fit.
 *   <li>Thread-safe; requests that compare the same pair at the same time store it once. Throws as {@link ResultStore} does.
 * </ul>
 */
public final class CheckpointComparison {
    private static final int MOST_PAIRS = 256;
    /** A hundred pictures of 1000 by 1000: a few seconds of decoding. */
    private static final long MOST_PIXELS = 100_000_000;

    private static final String MASKS = "SELECT job_id, png FROM mask WHERE job_id IN (?, ?)";

    /** Jobs that were deleted meanwhile have nothing to be compared with. */
    private static final String KEEP = """
            INSERT INTO mask_overlap (left_job_id, right_job_id, label, left_pixels, right_pixels, common_pixels)
            SELECT left_job_id, right_job_id, label, left_pixels, right_pixels, common_pixels
              FROM unnest(?, ?, ?, ?, ?, ?)
                   AS counted (left_job_id, right_job_id, label, left_pixels, right_pixels, common_pixels)
             WHERE (SELECT count(*) FROM job_outcome WHERE job_id IN (left_job_id, right_job_id)) = 2
             ORDER BY left_job_id, right_job_id, label
            ON CONFLICT DO NOTHING
            """;

    private static final String CLASSES = """
            SELECT *
              FROM checkpoint_comparison
             WHERE case_id = ? AND left_reference = ? AND right_reference = ?
             ORDER BY label
            """;

    private final Database database;

    public CheckpointComparison(DataSource source) {
        this.database = new Database(source, "checkpoint comparison");
    }

    /**
     * A page of paired cases.
     *
     * @param next case after which the next page begins; empty on the last page
     */
    public record Page(List<CaseComparison> cases, Optional<String> next) {
        public Page {
            cases = List.copyOf(cases);
        }
    }

    /** A counted pair, the job first whose id comes first. */
    private record Counted(String leftJob, String rightJob, MaskOverlap overlap) {
        static Counted of(Pair pair, MaskOverlap overlap) {
            return pair.leftJob().compareTo(pair.rightJob()) < 0
                    ? new Counted(pair.leftJob(), pair.rightJob(), overlap)
                    : new Counted(
                            pair.rightJob(),
                            pair.leftJob(),
                            new MaskOverlap(
                                    overlap.label(),
                                    overlap.rightPixels(),
                                    overlap.leftPixels(),
                                    overlap.commonPixels()));
        }
    }

    /**
     * Compares the next cases by id; counts what was not counted before.
     *
     * @param after last case of the page before; empty for the first page
     * @param size most cases of the page
     */
    public Page page(CheckpointReference left, CheckpointReference right, Optional<String> after, int size) {
        PairedCases sides = new PairedCases(left, right);
        List<PairedCase> found =
                database.inTransaction(connection -> sides.page(connection, after.orElse(""), size + 1));
        List<CaseComparison> cases = new ArrayList<>();
        int pairs = 0;
        long pixels = 0;
        for (PairedCase each : found.subList(0, Math.min(size, found.size()))) {
            int open = each.images() - each.compared() - each.dropped();
            if (!cases.isEmpty() && open > 0 && (pairs + open > MOST_PAIRS || pixels + each.pixels() > MOST_PIXELS)) {
                break;
            }
            int done = count(each);
            pairs += open;
            pixels += each.pixels();
            cases.add(comparison(each, done));
        }
        boolean more = cases.size() < found.size();
        return new Page(cases, more ? Optional.of(cases.get(cases.size() - 1).caseId()) : Optional.empty());
    }

    /** All paired cases taken together, as far as their masks have been compared. */
    public ComparisonSummary summary(CheckpointReference left, CheckpointReference right) {
        PairedCases sides = new PairedCases(left, right);
        return database.inTransaction(connection -> ComparisonTotals.read(connection, sides));
    }

    /** Counts what is open in a case, within the limits of a request; returns how many pairs that were. */
    private int count(PairedCase paired) {
        List<Pair> open = database.inTransaction(connection -> PairedCases.pending(connection, paired, MOST_PAIRS));
        int done = 0;
        long pixels = 0;
        for (Pair pair : open) {
            if (pixels >= MOST_PIXELS) {
                break;
            }
            pixels += pair.pixels();
            if (count(pair)) {
                done++;
            }
        }
        return done;
    }

    /** Decodes outside of any transaction; returns false if a mask was dropped at this moment. */
    private boolean count(Pair pair) {
        Map<String, byte[]> masks = database.inTransaction(connection -> masks(connection, pair));
        if (masks.size() < 2) {
            return false;
        }
        LabelMask left = MaskPng.decode(masks.get(pair.leftJob()));
        LabelMask right = MaskPng.decode(masks.get(pair.rightJob()));
        int[] labels = pair.labels().stream().mapToInt(Integer::intValue).toArray();
        List<Counted> counted = MaskOverlap.of(left, right, labels).stream()
                .map(overlap -> Counted.of(pair, overlap))
                .toList();
        return database.inTransaction(connection -> {
            try (PreparedStatement statement = Database.prepare(connection, KEEP)) {
                new RowArrays<>(statement, counted)
                        .text(Counted::leftJob)
                        .text(Counted::rightJob)
                        .integer(row -> row.overlap().label())
                        .bigint(row -> row.overlap().leftPixels())
                        .bigint(row -> row.overlap().rightPixels())
                        .bigint(row -> row.overlap().commonPixels());
                statement.executeUpdate();
                return true;
            }
        });
    }

    private static Map<String, byte[]> masks(Connection connection, Pair pair) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, MASKS)) {
            statement.setString(1, pair.leftJob());
            statement.setString(2, pair.rightJob());
            Map<String, byte[]> masks = new LinkedHashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    masks.put(rows.getString("job_id"), rows.getBytes("png"));
                }
            }
            return masks;
        }
    }

    private CaseComparison comparison(PairedCase paired, int done) {
        int compared = paired.compared() + done;
        List<CaseComparison.ClassComparison> classes =
                database.inTransaction(connection -> classes(connection, paired));
        return new CaseComparison(
                paired.caseId(),
                paired.leftReference(),
                paired.rightReference(),
                paired.images(),
                compared,
                paired.dropped(),
                paired.images() - compared - paired.dropped(),
                classes);
    }

    private static List<CaseComparison.ClassComparison> classes(Connection connection, PairedCase paired)
            throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, CLASSES)) {
            statement.setString(1, paired.caseId());
            statement.setString(2, paired.leftReference());
            statement.setString(3, paired.rightReference());
            List<CaseComparison.ClassComparison> classes = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    classes.add(ComparisonTotals.ofClass(rows));
                }
            }
            return classes;
        }
    }
}
