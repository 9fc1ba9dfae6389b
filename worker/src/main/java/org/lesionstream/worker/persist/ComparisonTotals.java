package org.lesionstream.worker.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads rows of the view {@code checkpoint_comparison}, one by one and summed up. */
final class ComparisonTotals {
    private static final String CASES = ", paired AS (" + PairedCases.found() + """
            )
            SELECT (SELECT count(*) FROM paired)                          AS paired_cases,
                   (SELECT coalesce(sum(images), 0)::bigint FROM paired)  AS paired_images,
                   (SELECT count(*) FROM left_case WHERE case_id NOT IN (SELECT case_id FROM right_case)) AS left_only,
                   (SELECT count(*) FROM right_case WHERE case_id NOT IN (SELECT case_id FROM left_case)) AS right_only
            """;

    private static final String CLASSES = ", paired AS (" + PairedCases.found() + """
            )
            SELECT label,
                   count(*)                                    AS cases,
                   count(dice)                                 AS cases_with_dice,
                   avg(dice)                                   AS dice,
                   avg(lesion_difference)::double precision    AS lesions,
                   avg(area_square_millimetres_difference)     AS area,
                   avg(volume_cubic_millimetres_difference)    AS volume
              FROM paired
              JOIN checkpoint_comparison USING (case_id, left_reference, right_reference)
             GROUP BY label
             ORDER BY label
            """;

    private ComparisonTotals() {}

    static ComparisonSummary read(Connection connection, PairedCases sides) throws SQLException {
        List<ComparisonSummary.ClassSummary> classes = classes(connection, sides);
        try (PreparedStatement statement = Database.prepare(connection, trimmed(sides) + CASES)) {
            sides.bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new ComparisonSummary(
                        row.getLong("paired_cases"),
                        row.getLong("paired_images"),
                        row.getLong("left_only"),
                        row.getLong("right_only"),
                        classes);
            }
        }
    }

    private static List<ComparisonSummary.ClassSummary> classes(Connection connection, PairedCases sides)
            throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, trimmed(sides) + CLASSES)) {
            sides.bind(statement);
            List<ComparisonSummary.ClassSummary> classes = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    classes.add(new ComparisonSummary.ClassSummary(
                            rows.getInt("label"),
                            rows.getLong("cases"),
                            rows.getLong("cases_with_dice"),
                            number(rows, "dice"),
                            number(rows, "lesions"),
                            number(rows, "area"),
                            number(rows, "volume")));
                }
            }
            return classes;
        }
    }

    static CaseComparison.ClassComparison ofClass(ResultSet row) throws SQLException {
        return new CaseComparison.ClassComparison(
                row.getInt("label"),
                Optional.ofNullable(row.getString("left_class_name")),
                Optional.ofNullable(row.getString("right_class_name")),
                number(row, "dice"),
                count(row, "left_lesions"),
                count(row, "right_lesions"),
                count(row, "lesion_difference"),
                count(row, "left_area_pixels"),
                count(row, "right_area_pixels"),
                count(row, "area_pixels_difference"),
                number(row, "left_area_square_millimetres"),
                number(row, "right_area_square_millimetres"),
                number(row, "area_square_millimetres_difference"),
                number(row, "left_volume_cubic_millimetres"),
                number(row, "right_volume_cubic_millimetres"),
                number(row, "volume_cubic_millimetres_difference"));
    }

    private static String trimmed(PairedCases sides) {
        return sides.with().stripTrailing();
    }

    private static Optional<Double> number(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Double.class));
    }

    private static Optional<Long> count(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Long.class));
    }
}
