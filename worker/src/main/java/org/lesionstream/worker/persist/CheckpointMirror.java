package org.lesionstream.worker.persist;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.lesionstream.schemas.checkpoint.AliasChange;
import org.lesionstream.schemas.checkpoint.AliasHistory;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.ManifestCodec;

/**
 * Copies what the worker has seen of the checkpoint store into the database, so that people who only know SQL can tell
 * which checkpoint made a mask and what was in force on a date.
 *
 * <ul>
 *   <li>The files are the truth. The mirror only ever gains rows; copying the same again, or by several workers at once,
 *       changes nothing.
 *   <li>No result depends on it.
 *   <li>Thread-safe; throws as {@link ResultStore} does.
 * </ul>
 */
public final class CheckpointMirror {
    private static final String INSERT_CHECKPOINT = """
            INSERT INTO checkpoint (digest, name, version, manifest) VALUES (?, ?, ?, ?::jsonb)
            ON CONFLICT (digest) DO NOTHING
            """;

    private static final String INSERT_ALIASES = """
            INSERT INTO checkpoint_alias_history (name, position, alias, version, moved_at, moved_by, reason)
            SELECT ?, position, alias, version, moved_at, moved_by, reason
              FROM unnest(?, ?, ?, ?::timestamptz[], ?, ?) AS seen (position, alias, version, moved_at, moved_by, reason)
             ORDER BY position
            ON CONFLICT (name, position) DO NOTHING
            """;

    private final Database database;

    public CheckpointMirror(DataSource source) {
        this.database = new Database(source, "checkpoint mirror");
    }

    /** Copies a checkpoint that the worker serves. */
    public void checkpoint(CheckpointManifest manifest) {
        database.inTransaction(connection -> {
            try (PreparedStatement statement = Database.prepare(connection, INSERT_CHECKPOINT)) {
                statement.setString(1, manifest.digest().hex());
                statement.setString(2, manifest.name());
                statement.setInt(3, manifest.version());
                statement.setString(4, new String(ManifestCodec.print(manifest), UTF_8));
                return statement.executeUpdate();
            }
        });
    }

    /** Copies the movements of the aliases of one checkpoint name. */
    public void aliases(String name, AliasHistory history) {
        if (!history.changes().isEmpty()) {
            database.inTransaction(connection -> insert(connection, name, history.changes()));
        }
    }

    private static int insert(Connection connection, String name, List<AliasChange> changes) throws SQLException {
        record Placed(int position, AliasChange change) {}

        List<Placed> placed = IntStream.range(0, changes.size())
                .mapToObj(index -> new Placed(index + 1, changes.get(index)))
                .toList();
        try (PreparedStatement statement = Database.prepare(connection, INSERT_ALIASES)) {
            statement.setString(1, name);
            new RowArrays<>(statement, placed, 1)
                    .integer(Placed::position)
                    .text(row -> row.change().alias())
                    .integer(row -> row.change().version())
                    .text(row -> row.change().when().toString())
                    .text(row -> row.change().who())
                    .text(row -> row.change().why());
            return statement.executeUpdate();
        }
    }
}
