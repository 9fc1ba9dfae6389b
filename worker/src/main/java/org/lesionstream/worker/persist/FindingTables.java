package org.lesionstream.worker.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.lesionstream.schemas.lesion.LesionStatistics;
import org.lesionstream.schemas.message.ClassTotals;
import org.lesionstream.worker.delivery.JobOutcome;

/** The tables {@code mask}, {@code class_total} and {@code lesion}: what was found in the images whose outcome is new. */
final class FindingTables {
    private static final String INSERT_MASKS = """
            INSERT INTO mask (job_id, encoding, png, sha256, width, height)
            SELECT * FROM unnest(?, ?, ?, ?, ?, ?)
            """;

    private static final String INSERT_TOTALS = """
            INSERT INTO class_total (job_id, label, name, lesions, area_pixels, area_square_millimetres, image_share)
            SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String INSERT_LESIONS = """
            INSERT INTO lesion (job_id, index, label, area_pixels, area_square_millimetres, centroid_row, centroid_column,
                                min_row, min_column, max_row, max_column, mean_confidence, min_confidence)
            SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private FindingTables() {}

    static void insert(Connection connection, List<JobOutcome.Segmented> outcomes) throws SQLException {
        if (outcomes.isEmpty()) {
            return;
        }
        insertMasks(connection, outcomes);
        insertTotals(
                connection,
                outcomes.stream()
                        .flatMap(outcome ->
                                outcome.result().totals().stream().map(total -> new FoundClass(outcome.jobId(), total)))
                        .toList());
        List<FoundLesion> lesions = outcomes.stream()
                .flatMap(outcome -> outcome.lesions().stream().map(lesion -> new FoundLesion(outcome.jobId(), lesion)))
                .toList();
        if (!lesions.isEmpty()) {
            insertLesions(connection, lesions);
        }
    }

    private record FoundClass(String jobId, ClassTotals total) {}

    private record FoundLesion(String jobId, LesionStatistics lesion) {}

    private static void insertMasks(Connection connection, List<JobOutcome.Segmented> outcomes) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, INSERT_MASKS)) {
            new RowArrays<>(statement, outcomes)
                    .text(JobOutcome.Segmented::jobId)
                    .text(outcome -> outcome.result().mask().encoding())
                    .bytes(JobOutcome.Segmented::maskPng)
                    .text(outcome -> outcome.result().mask().sha256().hex())
                    .integer(outcome -> outcome.result().image().width())
                    .integer(outcome -> outcome.result().image().height());
            statement.executeUpdate();
        }
    }

    private static void insertTotals(Connection connection, List<FoundClass> totals) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, INSERT_TOTALS)) {
            new RowArrays<>(statement, totals)
                    .text(FoundClass::jobId)
                    .integer(found -> found.total().label())
                    .text(found -> found.total().name())
                    .integer(found -> found.total().lesions())
                    .bigint(found -> found.total().areaPixels())
                    .optionalNumber(found -> found.total().areaSquareMillimetres())
                    .number(found -> found.total().imageShare());
            statement.executeUpdate();
        }
    }

    private static void insertLesions(Connection connection, List<FoundLesion> lesions) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, INSERT_LESIONS)) {
            new RowArrays<>(statement, lesions)
                    .text(FoundLesion::jobId)
                    .integer(found -> found.lesion().index())
                    .integer(found -> found.lesion().label())
                    .bigint(found -> found.lesion().areaPixels())
                    .optionalNumber(found -> found.lesion().areaSquareMillimetres())
                    .number(found -> found.lesion().centroidRow())
                    .number(found -> found.lesion().centroidColumn())
                    .integer(found -> found.lesion().minRow())
                    .integer(found -> found.lesion().minColumn())
                    .integer(found -> found.lesion().maxRow())
                    .integer(found -> found.lesion().maxColumn())
                    .optionalNumber(found -> found.lesion().meanConfidence())
                    .optionalNumber(found -> found.lesion().minConfidence());
            statement.executeUpdate();
        }
    }
}
