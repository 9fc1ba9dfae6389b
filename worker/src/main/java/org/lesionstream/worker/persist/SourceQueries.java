package org.lesionstream.worker.persist;

import java.net.URI;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.lesionstream.schemas.checkpoint.Digest;

/** Questions about the pictures that were segmented. Thread-safe; throws as {@link ResultStore} does. */
public final class SourceQueries {
    private static final String SOURCE =
            "SELECT source_uri, source_frame, source_sha256 FROM job_outcome WHERE job_id = ? AND kind = 'segmented'";

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
                    return rows.next()
                            ? Optional.of(new SourcePicture(
                                    Optional.ofNullable(rows.getString("source_uri"))
                                            .map(URI::create),
                                    Stream.ofNullable(rows.getObject("source_frame", Integer.class))
                                            .mapToInt(Integer::intValue)
                                            .findFirst(),
                                    new Digest(rows.getString("source_sha256"))))
                            : Optional.empty();
                }
            }
        });
    }
}
