package org.lesionstream.local;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Every connection that a database has to give, taken until this is closed: whoever wants one is refused by the server with SQLSTATE
 * 53300.
 *
 * <ul>
 *   <li>Connections that others had are ended by the server, so that they need new ones. After {@link #of} nobody else has any, and
 *       none can become free.
 *   <li>Those that PostgreSQL keeps back for superusers are taken too, since the workers here are superusers.
 *   <li>Not for concurrent use. The database must not be stopped meanwhile.
 * </ul>
 */
public final class TakenConnections implements AutoCloseable {

    private static final String NAME = "taken-connections";
    private static final String TOO_MANY = "53300";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Waits up to a second for each, so that its place is free afterwards. */
    private static final String END_OTHERS = """
            SELECT count(pg_terminate_backend(pid, 1000)) FROM pg_stat_activity
             WHERE backend_type = 'client backend' AND application_name <> '%s'
            """.formatted(NAME);

    private final LocalDatabase database;
    private final List<Connection> taken = new ArrayList<>();

    private TakenConnections(LocalDatabase database) {
        this.database = database;
    }

    /**
     * Takes all of them.
     *
     * @throws IllegalStateException when that is not possible; none is kept then
     */
    public static TakenConnections of(LocalDatabase database) {
        TakenConnections connections = new TakenConnections(database);
        try {
            connections.takeAll();
            return connections;
        } catch (SQLException failure) {
            connections.close();
            throw new IllegalStateException("The connections cannot be taken: " + failure.getMessage(), failure);
        } catch (RuntimeException failure) {
            connections.close();
            throw failure;
        }
    }

    /** How many are taken. */
    public int count() {
        return taken.size();
    }

    /** Gives all of them back. */
    @Override
    public void close() {
        for (Connection connection : taken) {
            try {
                connection.close();
            } catch (SQLException broken) {
                throw new IllegalStateException("A connection cannot be given back: " + broken.getMessage(), broken);
            }
        }
        taken.clear();
    }

    /** A place that somebody leaves may be taken by somebody else, so it goes on until there is nobody else. */
    private void takeAll() throws SQLException {
        long start = System.nanoTime();
        do {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new IllegalStateException("Others got connections for all of " + LIMIT);
            }
            takeWhatIsFree();
        } while (endOthers() > 0);
    }

    private void takeWhatIsFree() throws SQLException {
        while (true) {
            try {
                Connection connection = database.connect();
                taken.add(connection);
                connection.setClientInfo("ApplicationName", NAME);
            } catch (SQLException refused) {
                if (TOO_MANY.equals(refused.getSQLState())) {
                    return;
                }
                throw refused;
            }
        }
    }

    private int endOthers() throws SQLException {
        try (Statement statement = taken.get(0).createStatement();
                ResultSet ended = statement.executeQuery(END_OTHERS)) {
            ended.next();
            return ended.getInt(1);
        }
    }
}
