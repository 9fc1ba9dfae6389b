package org.lesionstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDatabaseTest {

    @Test
    void keepsWhatWasCommittedOverAStopAtTheSameAddress(@TempDir Path folder) throws SQLException {
        try (LocalDatabase database = LocalDatabase.start(folder)) {
            String address = database.jdbcUrl();
            execute(database, "create table note (words text not null)");
            execute(database, "insert into note values ('kept')");

            database.restart();

            assertThat(database.jdbcUrl()).isEqualTo(address);
            assertThat(ask(database, "select words from note")).isEqualTo("kept");
        }
    }

    @Test
    void keepsWhatWasCommittedOverACrash(@TempDir Path folder) throws SQLException {
        try (LocalDatabase database = LocalDatabase.start(folder)) {
            execute(database, "create table note (words text not null)");
            execute(database, "insert into note values ('kept')");
            try (Connection open = database.connect();
                    Statement statement = open.createStatement()) {
                open.setAutoCommit(false);
                statement.execute("insert into note values ('never committed')");
                database.kill();
            } catch (SQLException connectionLost) {
                // Closing an open transaction on a killed server may fail; what counts is asked below.
                assertThat(connectionLost.getSQLState()).startsWith("08");
            }

            database.restart();

            assertThat(ask(database, "select string_agg(words, ',') from note")).isEqualTo("kept");
        }
    }

    @Test
    void isAsDurableAsAProductionServer(@TempDir Path folder) throws SQLException {
        try (LocalDatabase database = LocalDatabase.start(folder)) {
            assertThat(ask(database, "show fsync")).isEqualTo("on");
            assertThat(ask(database, "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(database, "show server_version")).startsWith("18.");
        }
    }

    @Test
    void runsAsNobodyWhereNamespacesAreForbidden(@TempDir Path folder) throws SQLException {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can become another user");
        folder.toFile().setExecutable(true, false);
        try (LocalDatabase database = LocalDatabase.start(folder.resolve("database"), ServerUser.NOBODY)) {
            assertThat(ask(database, "select 6 * 7")).isEqualTo("42");
        }
    }

    private static void execute(LocalDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(LocalDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            assertThat(answer.next()).isTrue();
            return answer.getString(1);
        }
    }
}
