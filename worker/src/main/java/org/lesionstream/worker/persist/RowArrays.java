package org.lesionstream.worker.persist;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Binds many rows to one statement as one array per column, for {@code unnest(?, ?, …)}: a round trip per table, not per row.
 *
 * <p>Columns are bound in the order of the calls. Confined to one thread.
 */
final class RowArrays<R> {
    private final PreparedStatement statement;
    private final List<R> rows;
    private int column;

    RowArrays(PreparedStatement statement, Collection<R> rows) {
        this(statement, rows, 0);
    }

    /**
     * @param bound how many parameters before the arrays the caller binds himself
     */
    RowArrays(PreparedStatement statement, Collection<R> rows, int bound) {
        this.statement = statement;
        this.rows = List.copyOf(rows);
        this.column = bound;
    }

    RowArrays<R> text(Function<R, String> value) throws SQLException {
        return bind("text", value);
    }

    RowArrays<R> optionalText(Function<R, Optional<String>> value) throws SQLException {
        return bind("text", value.andThen(found -> found.orElse(null)));
    }

    RowArrays<R> integer(Function<R, Integer> value) throws SQLException {
        return bind("int4", value);
    }

    RowArrays<R> optionalInteger(Function<R, Optional<Integer>> value) throws SQLException {
        return bind("int4", value.andThen(found -> found.orElse(null)));
    }

    RowArrays<R> bigint(Function<R, Long> value) throws SQLException {
        return bind("int8", value);
    }

    RowArrays<R> number(Function<R, Double> value) throws SQLException {
        return bind("float8", value);
    }

    RowArrays<R> optionalNumber(Function<R, Optional<Double>> value) throws SQLException {
        return bind("float8", value.andThen(found -> found.orElse(null)));
    }

    RowArrays<R> bool(Function<R, Boolean> value) throws SQLException {
        return bind("bool", value);
    }

    RowArrays<R> bytes(Function<R, byte[]> value) throws SQLException {
        statement.setArray(
                ++column,
                statement
                        .getConnection()
                        .createArrayOf("bytea", rows.stream().map(value).toArray(byte[][]::new)));
        return this;
    }

    private RowArrays<R> bind(String type, Function<R, ?> value) throws SQLException {
        statement.setArray(
                ++column,
                statement
                        .getConnection()
                        .createArrayOf(type, rows.stream().map(value).toArray()));
        return this;
    }
}
