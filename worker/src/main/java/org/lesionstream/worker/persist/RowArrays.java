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
 * <ul>
 *   <li>Columns are bound in the order of the calls.
 *   <li>Arrays have the type of their values: the driver sends those in binary form, and an {@code Object[]} as text, which
 *       takes twice the time for a table of numbers.
 *   <li>Confined to one thread.
 * </ul>
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
        return bind("text", rows.stream().map(value).toArray(String[]::new));
    }

    RowArrays<R> optionalText(Function<R, Optional<String>> value) throws SQLException {
        return text(orNull(value));
    }

    RowArrays<R> integer(Function<R, Integer> value) throws SQLException {
        return bind("int4", rows.stream().map(value).toArray(Integer[]::new));
    }

    RowArrays<R> optionalInteger(Function<R, Optional<Integer>> value) throws SQLException {
        return integer(orNull(value));
    }

    RowArrays<R> bigint(Function<R, Long> value) throws SQLException {
        return bind("int8", rows.stream().map(value).toArray(Long[]::new));
    }

    RowArrays<R> optionalBigint(Function<R, Optional<Long>> value) throws SQLException {
        return bigint(orNull(value));
    }

    RowArrays<R> number(Function<R, Double> value) throws SQLException {
        return bind("float8", rows.stream().map(value).toArray(Double[]::new));
    }

    RowArrays<R> optionalNumber(Function<R, Optional<Double>> value) throws SQLException {
        return number(orNull(value));
    }

    RowArrays<R> optionalBool(Function<R, Optional<Boolean>> value) throws SQLException {
        return bool(orNull(value));
    }

    RowArrays<R> bool(Function<R, Boolean> value) throws SQLException {
        return bind("bool", rows.stream().map(value).toArray(Boolean[]::new));
    }

    RowArrays<R> bytes(Function<R, byte[]> value) throws SQLException {
        return bind("bytea", rows.stream().map(value).toArray(byte[][]::new));
    }

    private static <R, T> Function<R, T> orNull(Function<R, Optional<T>> value) {
        return value.andThen(found -> found.orElse(null));
    }

    private RowArrays<R> bind(String type, Object[] values) throws SQLException {
        statement.setArray(++column, statement.getConnection().createArrayOf(type, values));
        return this;
    }
}
