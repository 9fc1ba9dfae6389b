package org.lesionstream.worker.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.lesionstream.schemas.lesion.VolumeLesion;

/** The table {@code volume_lesion}: the lesions of the volumes of one revision of a case. */
final class VolumeLesionTable {
    private static final String INSERT = """
            INSERT INTO volume_lesion (case_id, reference, revision, index, label, voxels, volume_cubic_millimetres,
                                       centroid_slice, centroid_row, centroid_column,
                                       min_slice, min_row, min_column, max_slice, max_row, max_column,
                                       touches_border, slices, largest_slice, largest_slice_area_pixels,
                                       largest_slice_area_square_millimetres, equivalent_diameter_millimetres,
                                       longest_diameter_voxels, longest_diameter_millimetres)
            SELECT ?, ?, ?, found.* FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS found
            """;

    private static final String OF_REVISION = """
            SELECT * FROM volume_lesion WHERE case_id = ? AND reference = ? AND revision = ? ORDER BY index
            """;

    private VolumeLesionTable() {}

    static void insert(Connection connection, CaseKey key, int revision, List<VolumeLesion> lesions)
            throws SQLException {
        if (lesions.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = Database.prepare(connection, INSERT)) {
            statement.setString(1, key.caseId());
            statement.setString(2, key.reference());
            statement.setInt(3, revision);
            new RowArrays<>(statement, lesions, 3)
                    .integer(VolumeLesion::index)
                    .integer(VolumeLesion::label)
                    .bigint(VolumeLesion::voxels)
                    .optionalNumber(VolumeLesion::volumeCubicMillimetres)
                    .number(VolumeLesion::centroidSlice)
                    .number(VolumeLesion::centroidRow)
                    .number(VolumeLesion::centroidColumn)
                    .integer(VolumeLesion::minSlice)
                    .integer(VolumeLesion::minRow)
                    .integer(VolumeLesion::minColumn)
                    .integer(VolumeLesion::maxSlice)
                    .integer(VolumeLesion::maxRow)
                    .integer(VolumeLesion::maxColumn)
                    .bool(VolumeLesion::touchesBorder)
                    .integer(VolumeLesion::slices)
                    .integer(VolumeLesion::largestSlice)
                    .bigint(VolumeLesion::largestSliceAreaPixels)
                    .optionalNumber(VolumeLesion::largestSliceAreaSquareMillimetres)
                    .optionalNumber(VolumeLesion::equivalentDiameterMillimetres)
                    .number(VolumeLesion::longestDiameterVoxels)
                    .optionalNumber(VolumeLesion::longestDiameterMillimetres);
            statement.executeUpdate();
        }
    }

    /** The lesions of a revision in their order. */
    static List<VolumeLesion> of(Connection connection, CaseKey key, int revision) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, OF_REVISION)) {
            statement.setString(1, key.caseId());
            statement.setString(2, key.reference());
            statement.setInt(3, revision);
            List<VolumeLesion> lesions = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    lesions.add(lesion(rows));
                }
            }
            return lesions;
        }
    }

    private static VolumeLesion lesion(ResultSet row) throws SQLException {
        return new VolumeLesion(
                row.getInt("index"),
                row.getInt("label"),
                row.getLong("voxels"),
                Database.number(row, "volume_cubic_millimetres"),
                row.getDouble("centroid_slice"),
                row.getDouble("centroid_row"),
                row.getDouble("centroid_column"),
                row.getInt("min_slice"),
                row.getInt("min_row"),
                row.getInt("min_column"),
                row.getInt("max_slice"),
                row.getInt("max_row"),
                row.getInt("max_column"),
                row.getBoolean("touches_border"),
                row.getInt("slices"),
                row.getInt("largest_slice"),
                row.getLong("largest_slice_area_pixels"),
                Database.number(row, "largest_slice_area_square_millimetres"),
                Database.number(row, "equivalent_diameter_millimetres"),
                row.getDouble("longest_diameter_voxels"),
                Database.number(row, "longest_diameter_millimetres"));
    }
}
