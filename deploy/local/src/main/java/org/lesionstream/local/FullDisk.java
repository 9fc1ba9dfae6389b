package org.lesionstream.local;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A database that stores no outcome until this is closed, and says what one without disk space says.
 *
 * <ul>
 *   <li>A trigger on {@code job_outcome} raises SQLSTATE 53100 in the server before a row is written; the transaction is rolled
 *       back as after a write that really failed. Everything else works on, as it does while there is room left in the pages of the
 *       other tables. That is the worse half of the outage: the database answers, and a worker must not take that for good news.
 *   <li>No real full disk: a small one needs a mount and therefore root, filling the machine's own disk ends everything on it, and a
 *       full disk of the write-ahead log makes PostgreSQL crash, which {@link LocalDatabase#kill()} shows.
 *   <li>Refusals are counted in a sequence, which keeps its number when the transaction is rolled back.
 *   <li>Not for concurrent use. The migrations must have run, and there can be one at a time.
 * </ul>
 */
public final class FullDisk implements AutoCloseable {

    private static final String FILL = """
            CREATE SCHEMA full_disk;
            CREATE SEQUENCE full_disk.refusals;
            CREATE FUNCTION full_disk.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM nextval('full_disk.refusals');
                RAISE EXCEPTION USING
                    ERRCODE = 'disk_full', MESSAGE = 'could not extend file: No space left on device';
            END $$;
            CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON job_outcome
                FOR EACH STATEMENT EXECUTE FUNCTION full_disk.refuse();
            """;

    private static final String COUNT = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM full_disk.refusals";

    /** The trigger goes with its function. */
    private static final String FREE = "DROP SCHEMA full_disk CASCADE";

    private final LocalDatabase database;

    private FullDisk(LocalDatabase database) {
        this.database = database;
    }

    /**
     * From now on no outcome is stored; waits for the transactions that are storing some.
     *
     * @throws IllegalStateException when the database does not do it
     */
    public static FullDisk of(LocalDatabase database) {
        FullDisk disk = new FullDisk(database);
        disk.execute(FILL);
        return disk;
    }

    /** How many times something was not stored so far. */
    public long refusals() {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery(COUNT)) {
            count.next();
            return count.getLong(1);
        } catch (SQLException failure) {
            throw new IllegalStateException("Refusals cannot be counted: " + failure.getMessage(), failure);
        }
    }

    /** There is room again. */
    @Override
    public void close() {
        execute(FREE);
    }

    private void execute(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false); // all of it or nothing
            statement.execute(sql);
            connection.commit();
        } catch (SQLException failure) {
            throw new IllegalStateException("The disk cannot be filled or freed: " + failure.getMessage(), failure);
        }
    }
}
