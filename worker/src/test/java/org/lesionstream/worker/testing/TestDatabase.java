package org.lesionstream.worker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.lesionstream.local.LocalDatabase;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL with the real tables, for the tests of one class. */
public final class TestDatabase implements AutoCloseable {
    private final Path folder;
    private final LocalDatabase server;

    private TestDatabase(Path folder, LocalDatabase server) {
        this.folder = folder;
        this.server = server;
    }

    public static TestDatabase start() {
        try {
            Path folder = Files.createTempDirectory("lesionstream-database");
            TestDatabase database = new TestDatabase(folder, LocalDatabase.start(folder));
            Flyway.configure()
                    .dataSource(database.source())
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a new connection at every call, as different workers would. */
    public DataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(server.jdbcUrl());
        source.setUser(server.user());
        source.setPassword(server.password());
        return source;
    }

    /** The rows that a query gives, each as the list of its values; NULL is {@code null}. */
    public List<List<Object>> rows(String query) throws SQLException {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<List<Object>> rows = new ArrayList<>();
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(result.getObject(column));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    /** The server itself, to stop and start it. */
    public LocalDatabase server() {
        return server;
    }

    /** Removes every row and keeps the tables. */
    public void empty() throws SQLException {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    TRUNCATE job_outcome, expanded_image, imaging_case, mask, lesion, class_total, case_result, volume_lesion, checkpoint,
                             checkpoint_alias_history, mask_overlap, dead_letter_replay, backfill, case_sink
                    """);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
