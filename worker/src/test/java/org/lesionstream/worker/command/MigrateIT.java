package org.lesionstream.worker.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.LocalDatabase;
import picocli.CommandLine;

class MigrateIT {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private LocalDatabase database;

    @BeforeEach
    void start() throws IOException {
        database = LocalDatabase.start(folder);
    }

    @AfterEach
    void stop() throws IOException {
        database.close();
    }

    @Test
    void saysWhatIsMissingAndThenBringsItOnce() {
        assertThat(run("--check")).isEqualTo(1);
        assertThat(err.toString()).contains("lack the versions 1, 2, 3").contains("run `migrate`");

        assertThat(run()).isZero();
        assertThat(out.toString()).matches("migrate: migrations=[1-9]\\d* version=\\d+\\R");
        assertThat(run("--check")).isZero();

        out.getBuffer().setLength(0);
        assertThat(run()).isZero();
        assertThat(out.toString()).startsWith("migrate: migrations=0 version=");
    }

    @Test
    void findsTablesOfANewerWorkerNewEnough() throws SQLException {
        assertThat(run()).isZero();
        execute("""
                INSERT INTO flyway_schema_history
                SELECT installed_rank + 1, '9999', 'of a newer worker', type, 'V9999__of_a_newer_worker.sql', 1, installed_by, now(), 1, true
                  FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1;
                UPDATE flyway_schema_history SET checksum = 1 WHERE version IS NULL
                """);

        assertThat(run("--check")).isZero();
    }

    @Test
    void failsWithoutADatabase() {
        database.stop();

        assertThat(run("--check")).isEqualTo(1);
        assertThat(err.toString()).startsWith("migrate: ");
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = database.connect();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private int run(String... options) {
        return new CommandLine(new MigrateCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(withDatabase(options));
    }

    private String[] withDatabase(String... options) {
        String[] all = new String[options.length + 4];
        System.arraycopy(options, 0, all, 4, options.length);
        all[0] = "--jdbc-url";
        all[1] = database.jdbcUrl();
        all[2] = "--user";
        all[3] = database.user();
        return all;
    }
}
