package org.lesionstream.worker.persist;

import java.sql.SQLException;
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
     * Classes of SQLSTATE (PostgreSQL, appendix A) in which the values are at fault: cardinality, data, constraints, limits of
     * the program. Everything else, a missing grant or a table that is being migrated included, says nothing against a job.
     */
    private static final Set<String> CONTENT_CLASSES = Set.of("21", "22", "23", "54");

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
        return state == null || state.length() != 5 || !CONTENT_CLASSES.contains(state.substring(0, 2));
    }

    private static SQLException withoutContent(SQLException failure) {
        SQLException bare = new SQLException("SQLSTATE " + failure.getSQLState(), failure.getSQLState());
        bare.setStackTrace(failure.getStackTrace());
        return bare;
    }
}
