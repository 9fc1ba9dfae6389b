package org.lesionstream.worker.persist;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * What a failure of the database means: may the same call succeed later, or not.
 *
 * <p>The driver's own text quotes rows ("Failing row contains …"), so only SQLSTATE and stack trace go on.
 */
final class DatabaseFailure {

    /**
     * Classes of SQLSTATE (PostgreSQL, appendix A) that pass: connection lost, transaction rolled back by a deadlock or a
     * conflict, out of disk, memory or connections, object in use, stopped or cancelled by an operator, I/O.
     */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53", "55", "57", "58");

    /** Read-only transaction: we talk to a standby, or to a primary that has just become one. */
    private static final String READ_ONLY = "25006";

    private DatabaseFailure() {}

    static SegmentationException of(SQLException failure, String where) {
        return passes(failure) ? unavailable(failure, where) : internal(failure, where);
    }

    /** No connection was to be had, whatever the reason: nothing is known against the work itself. */
    static SegmentationException unavailable(SQLException failure, String where) {
        return new SegmentationException(FailureCode.DATABASE_UNAVAILABLE, where, withoutContent(failure));
    }

    private static SegmentationException internal(SQLException failure, String where) {
        return new SegmentationException(FailureCode.INTERNAL_ERROR, where, withoutContent(failure));
    }

    private static boolean passes(SQLException failure) {
        String state = failure.getSQLState();
        return failure instanceof SQLTransientException
                || state == null // no word of the server: the driver or the pool gave up
                || READ_ONLY.equals(state)
                || (state.length() == 5 && PASSING_CLASSES.contains(state.substring(0, 2)));
    }

    private static SQLException withoutContent(SQLException failure) {
        SQLException bare = new SQLException("SQLSTATE " + failure.getSQLState(), failure.getSQLState());
        bare.setStackTrace(failure.getStackTrace());
        return bare;
    }
}
