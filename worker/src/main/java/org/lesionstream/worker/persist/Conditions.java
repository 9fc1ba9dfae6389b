package org.lesionstream.worker.persist;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The conditions of one question, each a fixed piece of SQL with its values, so that the planner sees only what was asked.
 *
 * <p>Values are bound, never written into the text. Confined to one thread.
 */
final class Conditions {
    private final List<String> pieces = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    /**
     * Adds a condition that must hold beside the others.
     *
     * @param sql constant text with one {@code ?} per value
     */
    Conditions and(String sql, Object... bound) {
        pieces.add("(" + sql.strip() + ")");
        Collections.addAll(values, bound);
        return this;
    }

    /** The clause with its keyword; empty text without a condition. */
    String where() {
        return pieces.isEmpty() ? "" : " WHERE " + String.join("\n   AND ", pieces) + "\n";
    }

    /**
     * Binds the values, and whatever follows them.
     *
     * @param bound how many parameters before them the caller has bound himself
     * @return how many parameters are bound now
     */
    int bind(PreparedStatement statement, int bound) throws SQLException {
        int index = bound;
        for (Object value : values) {
            statement.setObject(++index, value);
        }
        return index;
    }
}
