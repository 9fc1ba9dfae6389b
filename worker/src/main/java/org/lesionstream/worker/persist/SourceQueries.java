package org.lesionstream.worker.persist;

import java.net.URI;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.lesion.LesionStatistics;

/** Questions about the pictures that were segmented. Thread-safe; throws as {@link ResultStore} does. */
public final class SourceQueries {
    private static final String SOURCE =
            "SELECT source_uri, source_frame, source_sha256 FROM job_outcome WHERE job_id = ? AND kind = 'segmented'";

    private static final String IMAGES = """
            SELECT image_index, job_id, source_uri, source_frame, source_sha256, png, sha256
              FROM job_outcome
              LEFT JOIN mask USING (job_id)
             WHERE case_id = ? AND reference = ? AND counted AND kind = 'segmented'
             ORDER BY image_index
            """;

    private final Database database;

    public SourceQueries(DataSource source) {
        this.database = new Database(source, "source query");
    }

    /** The picture of a job; empty unless the job has been segmented. */
    public Optional<SourcePicture> ofJob(String jobId) {
        return database.inTransaction(connection -> {
            try (PreparedStatement statement = Database.prepare(connection, SOURCE)) {
                statement.setString(1, jobId);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(picture(rows)) : Optional.empty();
                }
            }
        });
    }

    /** The segmented images of a case under a checkpoint reference, by their number. */
    public List<StoredImage> ofCase(String caseId, String reference) {
        return database.inTransaction(connection -> {
            Map<String, List<LesionStatistics>> lesions =
                    LesionTable.ofCase(connection, new CaseKey(caseId, reference));
            try (PreparedStatement statement = Database.prepare(connection, IMAGES)) {
                statement.setString(1, caseId);
                statement.setString(2, reference);
                List<StoredImage> images = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        String jobId = rows.getString("job_id");
                        images.add(new StoredImage(
                                rows.getInt("image_index"),
                                jobId,
                                mask(rows),
                                picture(rows),
                                lesions.getOrDefault(jobId, List.of())));
                    }
                }
                return images;
            }
        });
    }

    private static Optional<StoredMask> mask(ResultSet row) throws SQLException {
        byte[] png = row.getBytes("png");
        return png == null ? Optional.empty() : Optional.of(new StoredMask(png, new Digest(row.getString("sha256"))));
    }

    private static SourcePicture picture(ResultSet row) throws SQLException {
        return new SourcePicture(
                Optional.ofNullable(row.getString("source_uri")).map(URI::create),
                Stream.ofNullable(row.getObject("source_frame", Integer.class))
                        .mapToInt(Integer::intValue)
                        .findFirst(),
                new Digest(row.getString("source_sha256")));
    }
}
