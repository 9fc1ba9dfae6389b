package org.lesionstream.worker.persist;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.message.SlicePosition;

/** Reads what a volume is made of: geometry and masks of the jobs that a revision rests on. */
final class VolumeSource {
    private static final String SLICES = """
            SELECT image_index, (message #>> '{image,height}')::int AS height, (message #>> '{image,width}')::int AS width,
                   pixel_row_millimetres, pixel_column_millimetres, slice_position_millimetres, slice_spacing_millimetres
              FROM job_outcome
             WHERE job_id = ANY (?)
             ORDER BY image_index
            """;

    private static final String MASKS = """
            SELECT image_index, png
              FROM job_outcome
              JOIN mask USING (job_id)
             WHERE job_id = ANY (?)
             ORDER BY image_index
            """;

    private static final String MESSAGE = "SELECT message FROM job_outcome WHERE job_id = ?";

    /** Masks that are in memory at the same time. */
    private static final int MASKS_AT_ONCE = 16;

    private VolumeSource() {}

    /** Takes one mask after the other, by ascending image. */
    interface MaskReader {
        void accept(int image, byte[] png);
    }

    /** The geometry of the images, by image. */
    static List<SliceStack.Slice> slices(Connection connection, List<String> jobs) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, SLICES)) {
            new RowArrays<>(statement, jobs).text(job -> job);
            List<SliceStack.Slice> slices = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    slices.add(slice(rows));
                }
            }
            return slices;
        }
    }

    /** Reads the masks that are still there, a few at a time, and returns how many those were. */
    static int masks(Connection connection, List<String> jobs, MaskReader reader) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, MASKS)) {
            statement.setFetchSize(MASKS_AT_ONCE);
            new RowArrays<>(statement, jobs).text(job -> job);
            int count = 0;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.accept(rows.getInt("image_index"), rows.getBytes("png"));
                    count++;
                }
            }
            return count;
        }
    }

    /** The published result of a job, as JSON. */
    static byte[] result(Connection connection, String job) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, MESSAGE)) {
            statement.setString(1, job);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("the outcome of a job that a case result rests on is gone", "02000");
                }
                return rows.getString("message").getBytes(UTF_8);
            }
        }
    }

    private static SliceStack.Slice slice(ResultSet row) throws SQLException {
        Optional<PixelSpacing> pixels = row.getObject("pixel_row_millimetres") == null
                ? Optional.empty()
                : Optional.of(new PixelSpacing(
                        row.getDouble("pixel_row_millimetres"), row.getDouble("pixel_column_millimetres")));
        Optional<SlicePosition> position = row.getObject("slice_spacing_millimetres") == null
                ? Optional.empty()
                : Optional.of(new SlicePosition(
                        row.getDouble("slice_position_millimetres"), row.getDouble("slice_spacing_millimetres")));
        return new SliceStack.Slice(
                row.getInt("image_index"), row.getInt("height"), row.getInt("width"), pixels, position);
    }
}
