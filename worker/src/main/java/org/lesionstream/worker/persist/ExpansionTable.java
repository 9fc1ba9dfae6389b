package org.lesionstream.worker.persist;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lesionstream.schemas.message.SlicePosition;
import org.lesionstream.worker.delivery.ImagePart;
import org.lesionstream.worker.delivery.JobOutcome;

/** The table {@code expanded_image}: what a job with many images went on as. */
final class ExpansionTable {

    private static final String INSERT = """
            INSERT INTO expanded_image (job_id, image_index, source_uri, frame,
                                        slice_position_millimetres, slice_spacing_millimetres)
            SELECT * FROM unnest(?, ?, ?, ?, ?, ?)
            """;

    private static final String SELECT = """
            SELECT job_id, source_uri, frame, slice_position_millimetres, slice_spacing_millimetres
              FROM expanded_image
             WHERE job_id = ANY (?)
             ORDER BY job_id, image_index
            """;

    private ExpansionTable() {}

    /** Keeps the images of jobs whose outcome was just written. */
    static void insert(Connection connection, Collection<JobOutcome.Expanded> outcomes) throws SQLException {
        record Row(String jobId, int image, ImagePart part) {}

        if (outcomes.isEmpty()) {
            return;
        }
        List<Row> rows = outcomes.stream()
                .flatMap(outcome -> IntStream.range(0, outcome.parts().size())
                        .mapToObj(i ->
                                new Row(outcome.jobId(), i + 1, outcome.parts().get(i))))
                .toList();
        try (PreparedStatement statement = Database.prepare(connection, INSERT)) {
            new RowArrays<>(statement, rows)
                    .text(Row::jobId)
                    .integer(Row::image)
                    .optionalText(row -> row.part().uri().map(URI::toString))
                    .optionalInteger(row -> row.part().frame().stream().boxed().findFirst())
                    .optionalNumber(row -> row.part().slice().map(SlicePosition::position))
                    .optionalNumber(row -> row.part().slice().map(SlicePosition::spacing));
            statement.executeUpdate();
        }
    }

    /** The images of some jobs in order, by job; a job that was not expanded is absent. */
    static Map<String, List<ImagePart>> of(Connection connection, Collection<String> jobIds) throws SQLException {
        Map<String, List<ImagePart>> parts = new HashMap<>();
        if (jobIds.isEmpty()) {
            return parts;
        }
        try (PreparedStatement statement = Database.prepare(connection, SELECT)) {
            new RowArrays<>(statement, jobIds).text(jobId -> jobId);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    parts.computeIfAbsent(rows.getString("job_id"), job -> new ArrayList<>())
                            .add(part(rows));
                }
            }
        }
        return parts;
    }

    private static ImagePart part(ResultSet row) throws SQLException {
        Optional<Double> position = Optional.ofNullable(row.getObject("slice_position_millimetres", Double.class));
        double spacing = row.getDouble("slice_spacing_millimetres");
        return new ImagePart(
                Optional.ofNullable(row.getString("source_uri")).map(URI::create),
                Stream.ofNullable(row.getObject("frame", Integer.class))
                        .mapToInt(Integer::intValue)
                        .findFirst(),
                position.map(known -> new SlicePosition(known, spacing)));
    }
}
