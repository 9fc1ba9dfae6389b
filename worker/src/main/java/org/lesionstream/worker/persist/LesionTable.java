package org.lesionstream.worker.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.lesionstream.schemas.lesion.IntensityStatistics;
import org.lesionstream.schemas.lesion.LesionShape;
import org.lesionstream.schemas.lesion.LesionShape.DiameterEnds;
import org.lesionstream.schemas.lesion.LesionStatistics;
import org.lesionstream.schemas.lesion.ShapeMeasures;
import org.lesionstream.worker.delivery.JobOutcome;

/**
 * The table {@code lesion}: a lesion to its row and back.
 *
 * <p>What is absent is NULL: the whole shape in rows from before it was measured, millimetres without a spacing, intensities
 * without a source.
 */
final class LesionTable {
    private static final String COLUMNS = """
            index, label, area_pixels, area_square_millimetres, centroid_row, centroid_column,
            min_row, min_column, max_row, max_column, mean_confidence, min_confidence,
            touches_border, holes, convex_area_pixels, solidity,
            longest_from_row, longest_from_column, longest_to_row, longest_to_column,
            equivalent_diameter_pixels, major_axis_pixels, minor_axis_pixels, eccentricity_pixels, orientation_pixels,
            perimeter_pixels, circularity_pixels, longest_diameter_pixels, perpendicular_diameter_pixels,
            shortest_diameter_pixels, hole_area_pixels,
            equivalent_diameter_millimetres, major_axis_millimetres, minor_axis_millimetres, eccentricity_millimetres,
            orientation_millimetres, perimeter_millimetres, circularity_millimetres, longest_diameter_millimetres,
            perpendicular_diameter_millimetres, shortest_diameter_millimetres, hole_area_square_millimetres,
            intensity_mean, intensity_min, intensity_max, intensity_standard_deviation
            """;

    private static final String INSERT = "INSERT INTO lesion (job_id, " + COLUMNS + """
            )
            SELECT * FROM unnest(?,
                ?, ?, ?, ?, ?, ?,
                ?, ?, ?, ?, ?, ?,
                ?, ?, ?, ?,
                ?, ?, ?, ?,
                ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                ?, ?, ?, ?)
            """;

    private static final String OF_JOB = "SELECT " + COLUMNS + " FROM lesion WHERE job_id = ? ORDER BY index";

    private static final String OF_CASE = "SELECT job_id, " + COLUMNS + """
              FROM lesion
             WHERE job_id IN (SELECT job_id FROM job_outcome WHERE case_id = ? AND reference = ? AND counted)
             ORDER BY job_id, index
            """;

    private LesionTable() {}

    /** Writes all lesions of some outcomes in one round trip. */
    static void insert(Connection connection, List<JobOutcome.Segmented> outcomes) throws SQLException {
        List<Found> lesions = outcomes.stream()
                .flatMap(outcome -> outcome.lesions().stream().map(lesion -> new Found(outcome.jobId(), lesion)))
                .toList();
        if (lesions.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = Database.prepare(connection, INSERT)) {
            RowArrays<Found> rows = new RowArrays<>(statement, lesions);
            bindSize(rows);
            bindShape(rows);
            bindMeasures(rows, found -> found.shape(LesionShape::pixels));
            bindMeasures(rows, found -> found.shape().flatMap(LesionShape::millimetres));
            bindIntensity(rows);
            statement.executeUpdate();
        }
    }

    /** All lesions of a job in their order. */
    static List<LesionStatistics> ofJob(Connection connection, String jobId) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, OF_JOB)) {
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

    /** All lesions of a case under a reference, by the job that speaks for their image, in their order. */
    static Map<String, List<LesionStatistics>> ofCase(Connection connection, CaseKey key) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, OF_CASE)) {
            statement.setString(1, key.caseId());
            statement.setString(2, key.reference());
            Map<String, List<LesionStatistics>> lesions = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    lesions.computeIfAbsent(rows.getString("job_id"), job -> new ArrayList<>())
                            .add(lesion(rows));
                }
            }
            return lesions;
        }
    }

    private record Found(String jobId, LesionStatistics lesion) {
        Optional<LesionShape> shape() {
            return lesion.shape();
        }

        <T> Optional<T> shape(Function<LesionShape, T> value) {
            return lesion.shape().map(value);
        }

        <T> Optional<T> longest(Function<DiameterEnds, T> value) {
            return lesion.shape().map(LesionShape::longest).map(value);
        }

        Optional<Double> intensity(Function<IntensityStatistics, Double> value) {
            return lesion.intensity().map(value);
        }
    }

    private static void bindSize(RowArrays<Found> rows) throws SQLException {
        rows.text(Found::jobId)
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
    }

    private static void bindShape(RowArrays<Found> rows) throws SQLException {
        rows.optionalBool(found -> found.shape(LesionShape::touchesBorder))
                .optionalInteger(found -> found.shape(LesionShape::holes))
                .optionalNumber(found -> found.shape(LesionShape::convexAreaPixels))
                .optionalNumber(found -> found.shape(LesionShape::solidity))
                .optionalNumber(found -> found.longest(DiameterEnds::fromRow))
                .optionalNumber(found -> found.longest(DiameterEnds::fromColumn))
                .optionalNumber(found -> found.longest(DiameterEnds::toRow))
                .optionalNumber(found -> found.longest(DiameterEnds::toColumn));
    }

    private static void bindMeasures(RowArrays<Found> rows, Function<Found, Optional<ShapeMeasures>> measures)
            throws SQLException {
        rows.optionalNumber(found -> measures.apply(found).map(ShapeMeasures::equivalentDiameter))
                .optionalNumber(found -> measures.apply(found).map(ShapeMeasures::majorAxis))
                .optionalNumber(found -> measures.apply(found).map(ShapeMeasures::minorAxis))
                .optionalNumber(found -> measures.apply(found).map(ShapeMeasures::eccentricity))
                .optionalNumber(found -> measures.apply(found).flatMap(ShapeMeasures::orientation))
                .optionalNumber(found -> measures.apply(found).map(ShapeMeasures::perimeter))
                .optionalNumber(found -> measures.apply(found).map(ShapeMeasures::circularity))
                .optionalNumber(found -> measures.apply(found).map(ShapeMeasures::longestDiameter))
                .optionalNumber(found -> measures.apply(found).map(ShapeMeasures::perpendicularDiameter))
                .optionalNumber(found -> measures.apply(found).map(ShapeMeasures::shortestDiameter))
                .optionalNumber(found -> measures.apply(found).map(ShapeMeasures::holeArea));
    }

    private static void bindIntensity(RowArrays<Found> rows) throws SQLException {
        rows.optionalNumber(found -> found.intensity(IntensityStatistics::mean))
                .optionalNumber(found -> found.intensity(IntensityStatistics::min))
                .optionalNumber(found -> found.intensity(IntensityStatistics::max))
                .optionalNumber(found -> found.intensity(IntensityStatistics::standardDeviation));
    }

    private static LesionStatistics lesion(ResultSet row) throws SQLException {
        return new LesionStatistics(
                row.getInt("index"),
                row.getInt("label"),
                row.getLong("area_pixels"),
                Database.number(row, "area_square_millimetres"),
                row.getDouble("centroid_row"),
                row.getDouble("centroid_column"),
                row.getInt("min_row"),
                row.getInt("min_column"),
                row.getInt("max_row"),
                row.getInt("max_column"),
                Database.number(row, "mean_confidence"),
                Database.number(row, "min_confidence"),
                shape(row),
                intensity(row));
    }

    private static Optional<LesionShape> shape(ResultSet row) throws SQLException {
        if (row.getObject("touches_border") == null) {
            return Optional.empty();
        }
        return Optional.of(new LesionShape(
                row.getBoolean("touches_border"),
                row.getInt("holes"),
                row.getDouble("convex_area_pixels"),
                row.getDouble("solidity"),
                new DiameterEnds(
                        row.getDouble("longest_from_row"),
                        row.getDouble("longest_from_column"),
                        row.getDouble("longest_to_row"),
                        row.getDouble("longest_to_column")),
                measures(row, "_pixels", "hole_area_pixels"),
                row.getObject("equivalent_diameter_millimetres") == null
                        ? Optional.empty()
                        : Optional.of(measures(row, "_millimetres", "hole_area_square_millimetres"))));
    }

    private static ShapeMeasures measures(ResultSet row, String unit, String holeArea) throws SQLException {
        return new ShapeMeasures(
                row.getDouble("equivalent_diameter" + unit),
                row.getDouble("major_axis" + unit),
                row.getDouble("minor_axis" + unit),
                row.getDouble("eccentricity" + unit),
                Database.number(row, "orientation" + unit),
                row.getDouble("perimeter" + unit),
                row.getDouble("circularity" + unit),
                row.getDouble("longest_diameter" + unit),
                row.getDouble("perpendicular_diameter" + unit),
                row.getDouble("shortest_diameter" + unit),
                row.getDouble(holeArea));
    }

    private static Optional<IntensityStatistics> intensity(ResultSet row) throws SQLException {
        return row.getObject("intensity_mean") == null
                ? Optional.empty()
                : Optional.of(new IntensityStatistics(
                        row.getDouble("intensity_mean"),
                        row.getDouble("intensity_min"),
                        row.getDouble("intensity_max"),
                        row.getDouble("intensity_standard_deviation")));
    }
}
