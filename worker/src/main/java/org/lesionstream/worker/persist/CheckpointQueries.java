package org.lesionstream.worker.persist;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.ManifestCodec;

/** Questions about the checkpoints that workers have served. Thread-safe; throws as {@link ResultStore} does. */
public final class CheckpointQueries {
    private static final String ALL = """
            SELECT name, version, digest, first_seen_at, manifest,
                   ARRAY(SELECT alias
                           FROM checkpoint_in_force
                          WHERE checkpoint_in_force.digest = checkpoint.digest AND upper_inf(in_force)
                          ORDER BY alias) AS aliases
              FROM checkpoint
             ORDER BY name, version DESC, digest
            """;

    private final Database database;

    public CheckpointQueries(DataSource source) {
        this.database = new Database(source, "checkpoint query");
    }

    /** All of them by name, the newest version of each first. */
    public List<CheckpointOverview> all() {
        return database.inTransaction(connection -> {
            try (PreparedStatement statement = Database.prepare(connection, ALL);
                    ResultSet rows = statement.executeQuery()) {
                List<CheckpointOverview> checkpoints = new ArrayList<>();
                while (rows.next()) {
                    checkpoints.add(overview(rows));
                }
                return checkpoints;
            }
        });
    }

    /** The manifest of the checkpoint with that digest; empty if no worker has served it. */
    public Optional<CheckpointManifest> manifest(Digest digest) {
        return database.inTransaction(connection -> {
            try (PreparedStatement statement =
                    Database.prepare(connection, "SELECT manifest FROM checkpoint WHERE digest = ?")) {
                statement.setString(1, digest.hex());
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(manifest(rows)) : Optional.empty();
                }
            }
        });
    }

    private static CheckpointManifest manifest(ResultSet row) throws SQLException {
        return ManifestCodec.parse(row.getString("manifest").getBytes(UTF_8));
    }

    private static CheckpointOverview overview(ResultSet row) throws SQLException {
        CheckpointManifest manifest = manifest(row);
        return new CheckpointOverview(
                row.getString("name"),
                row.getInt("version"),
                row.getString("digest"),
                List.of((String[]) row.getArray("aliases").getArray()),
                row.getObject("first_seen_at", OffsetDateTime.class).toInstant(),
                manifest.files().stream()
                        .map(file -> new CheckpointOverview.Variant(file.precision(), file.drift()))
                        .toList());
    }
}
