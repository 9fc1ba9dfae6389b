package org.lesionstream.worker.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Runs work on a connection, in one transaction, and gives its failures a code.
 *
 * <ul>
 *   <li>All of the work is committed, or nothing.
 *   <li>Isolation is READ COMMITTED: a statement that follows a lock sees what the lock's former owner committed.
 *   <li>No statement runs longer than {@link #STATEMENT_LIMIT}, waiting for locks included. What bounds a silent network is
 *       {@code socketTimeout} of the data source.
 * </ul>
 */
final class Database {
    /** Far beyond what a batch needs, and less than the socket waits for the answer. */
    static final Duration STATEMENT_LIMIT = Duration.ofSeconds(15);

    private final DataSource source;
    private final String where;

    /**
     * @param where the stage that a failure names
     */
    Database(DataSource source, String where) {
        this.source = source;
        this.where = where;
    }

    /** What is done on a connection; the connection stays the database's. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    <T> T inTransaction(Work<T> work) {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException failure) {
                rollBack(connection, failure);
                throw failure;
            }
        } catch (SQLException failure) {
            throw DatabaseFailure.of(failure, where);
        }
    }

    /**
     * The same for work that finds each of its rows by a key. A plan is kept as long as its connection, and one that was made
     * while a table was empty reads the whole table, however long it has grown, until PostgreSQL has counted its rows.
     */
    <T> T inTransactionByKey(Work<T> work) {
        return inTransaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL enable_seqscan = off");
            }
            return work.on(connection);
        });
    }

    /** Prepares a statement under the time limit; the caller closes it. */
    static PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setQueryTimeout((int) STATEMENT_LIMIT.toSeconds());
        return statement;
    }

    /** A number that may be NULL. */
    static Optional<Double> number(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Double.class));
    }

    private Connection connect() {
        try {
            return source.getConnection();
        } catch (SQLException failure) {
            throw DatabaseFailure.unavailable(failure, where);
        }
    }

    /** A connection that cannot roll back is broken, and its transaction ends with it. */
    private static void rollBack(Connection connection, Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            failure.addSuppressed(broken);
        }
    }
}
