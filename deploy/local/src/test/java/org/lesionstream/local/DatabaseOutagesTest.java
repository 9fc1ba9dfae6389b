package org.lesionstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outages in which the server is there and refuses. */
class DatabaseOutagesTest {

    private static LocalDatabase database;

    @BeforeAll
    static void start(@TempDir Path folder) throws SQLException {
        database = LocalDatabase.start(folder);
        try (Connection connection = database.connect()) {
            execute(connection, "create table job_outcome (job_id text primary key)");
        }
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void aFullDiskRefusesOutcomesAndNothingElse() throws SQLException {
        try (Connection connection = database.connect()) {
            try (FullDisk disk = FullDisk.of(database)) {
                assertThat(disk.refusals()).isZero();
                for (int attempt = 1; attempt <= 2; attempt++) {
                    assertThatThrownBy(() -> execute(connection, "insert into job_outcome values ('refused')"))
                            .isInstanceOfSatisfying(SQLException.class, refusal -> assertThat(refusal.getSQLState())
                                    .isEqualTo("53100"));
                    assertThat(disk.refusals()).isEqualTo(attempt);
                }
                execute(connection, "create table other as select 1");
            }
            execute(connection, "insert into job_outcome values ('stored')");
            assertThat(ask("select string_agg(job_id, ',') from job_outcome")).isEqualTo("stored");
            assertThat(ask("select count(*) from pg_namespace where nspname = 'full_disk'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void takenConnectionsEndThoseOfOthersAndLeaveNone() throws SQLException {
        try (Connection other = database.connect()) {
            try (TakenConnections taken = TakenConnections.of(database)) {
                assertThatThrownBy(database::connect)
                        .isInstanceOfSatisfying(SQLException.class, refusal -> assertThat(refusal.getSQLState())
                                .isEqualTo("53300"));
                assertThat(other.isValid(1)).isFalse();
                assertThat(taken.count()).isEqualTo(100);
            }
        }
        assertThat(ask("show max_connections")).isEqualTo("100");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            assertThat(answer.next()).isTrue();
            return answer.getString(1);
        }
    }
}
