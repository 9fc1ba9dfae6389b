package org.lesionstream.worker.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lesionstream.schemas.message.ClassExtent;
import org.lesionstream.schemas.message.ClassTotals;
import org.lesionstream.worker.delivery.JobOutcome;

/** The tables {@code mask}, {@code class_total} and {@code lesion}: what was found in the images whose outcome is new. */
final class FindingTables {
    private static final String INSERT_MASKS = """
            INSERT INTO mask (job_id, encoding, png, sha256, width, height)
            SELECT * FROM unnest(?, ?, ?, ?, ?, ?)
            """;

    private static final String INSERT_TOTALS = """
            INSERT INTO class_total (job_id, label, name, lesions, area_pixels, area_square_millimetres, image_share,
                                     largest_area_pixels, largest_area_square_millimetres, longest_diameter_pixels,
                                     longest_diameter_millimetres, mean_confidence, min_confidence)
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
        LesionTable.insert(connection, outcomes);
    }

    private record FoundClass(String jobId, ClassTotals total) {
        <T> Optional<T> extent(Function<ClassExtent, T> value) {
            return total.extent().map(value);
        }

        <T> Optional<T> known(Function<ClassExtent, Optional<T>> value) {
            return total.extent().flatMap(value);
        }
    }

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
                    .number(found -> found.total().imageShare())
                    .optionalBigint(found -> found.extent(ClassExtent::largestAreaPixels))
                    .optionalNumber(found -> found.known(ClassExtent::largestAreaSquareMillimetres))
                    .optionalNumber(found -> found.extent(ClassExtent::longestDiameterPixels))
                    .optionalNumber(found -> found.known(ClassExtent::longestDiameterMillimetres))
                    .optionalNumber(found -> found.known(ClassExtent::meanConfidence))
                    .optionalNumber(found -> found.known(ClassExtent::minConfidence));
            statement.executeUpdate();
        }
    }
}
