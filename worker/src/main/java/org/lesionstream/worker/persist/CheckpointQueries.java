package org.lesionstream.worker.persist;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Questions about the checkpoints that workers have served. Thread-safe; throws as {@link ResultStore} does. */
public final class CheckpointQueries {
    private static final String ALL = """
            SELECT name, version, digest, first_seen_at,
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
                    checkpoints.add(new CheckpointOverview(
                            rows.getString("name"),
                            rows.getInt("version"),
                            rows.getString("digest"),
                            List.of((String[]) rows.getArray("aliases").getArray()),
                            rows.getObject("first_seen_at", OffsetDateTime.class)
                                    .toInstant()));
                }
                return checkpoints;
            }
        });
    }
}
