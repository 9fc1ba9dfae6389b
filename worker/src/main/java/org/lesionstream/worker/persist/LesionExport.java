package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * All lesions, row by row, oldest first: the view {@code lesion_overview} with whatever columns it has.
 *
 * <ul>
 *   <li>The database hands over {@value #ROWS_AT_ONCE} rows at a time, so memory does not grow with the number of lesions.
 *   <li>All rows are of one moment. That keeps a connection for the time of the export, so a receiver that takes nothing for
 *       {@value #IDLE_LIMIT} loses it.
 *   <li>Thread-safe; throws as {@link ResultStore} does.
 * </ul>
 */
public final class LesionExport {
    private static final int ROWS_AT_ONCE = 1000;
    private static final String IDLE_LIMIT = "60s";

    private static final String ROWS = "SELECT found.* FROM lesion_overview AS found";
    /** Along the index of the jobs and the key of the lesions: nothing is sorted before the first row goes out. */
    private static final String ORDER = " ORDER BY found.created_at, found.job_id DESC, found.index";

    private final Database database;

    public LesionExport(DataSource source) {
        this.database = new Database(source, "lesion export");
    }

    /**
     * Hands over the names of the columns, then the lesions.
     *
     * @param receiver of one list per row, values in the order of the columns; null becomes an empty text, a moment ISO 8601 in UTC
     */
    public void read(FindingFilter filter, Consumer<List<String>> receiver) {
        requireNonNull(receiver, "receiver");
        Conditions conditions = new Conditions();
        FindingConditions.ofLesions(filter, conditions);
        database.inTransaction(connection -> {
            limitIdling(connection);
            try (PreparedStatement statement = Database.prepare(connection, ROWS + conditions.where() + ORDER)) {
                statement.setFetchSize(ROWS_AT_ONCE);
                conditions.bind(statement, 0);
                try (ResultSet rows = statement.executeQuery()) {
                    ResultSetMetaData columns = rows.getMetaData();
                    receiver.accept(names(columns));
                    while (rows.next()) {
                        receiver.accept(values(rows, columns));
                    }
                }
            }
            return Optional.empty();
        });
    }

    private static void limitIdling(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL idle_in_transaction_session_timeout = '" + IDLE_LIMIT + "'");
        }
    }

    private static List<String> names(ResultSetMetaData columns) throws SQLException {
        List<String> names = new ArrayList<>();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            names.add(columns.getColumnLabel(column));
        }
        return names;
    }

    private static List<String> values(ResultSet row, ResultSetMetaData columns) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            values.add(value(row, column, columns.getColumnTypeName(column)));
        }
        return values;
    }

    private static String value(ResultSet row, int column, String type) throws SQLException {
        if (row.getObject(column) == null) {
            return "";
        }
        return switch (type) {
            case "timestamptz" ->
                row.getObject(column, OffsetDateTime.class).toInstant().toString();
            case "bool" -> String.valueOf(row.getBoolean(column));
            default -> row.getString(column);
        };
    }
}
