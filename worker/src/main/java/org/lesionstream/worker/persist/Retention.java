package org.lesionstream.worker.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Lets go of what need not be kept: masks alone, or whole cases with all that was found in them.
 *
 * <ul>
 *   <li>Goes in batches, each a transaction of its own, so that workers wait for no more than one of them; what was done stays done
 *       when it is interrupted, and doing it again goes on.
 *   <li>A case goes as a whole, once its newest outcome, or its registration if there is none, is old enough.
 *   <li>The database's clock says how old something is.
 *   <li>Locks the rows of cases before those of outcomes, as {@link PostgresResultStore} does. Throws as {@link ResultStore} does.
 * </ul>
 */
public final class Retention {

    private static final String CASES = """
            SELECT imaging_case.case_id, imaging_case.reference
              FROM imaging_case
             WHERE (?::text[] IS NULL OR imaging_case.case_id = ANY (?))
               AND (?::float8 IS NULL
                    OR greatest(imaging_case.created_at,
                                (SELECT max(job_outcome.created_at)
                                   FROM job_outcome
                                  WHERE job_outcome.case_id = imaging_case.case_id
                                    AND job_outcome.reference = imaging_case.reference))
                       < now() - make_interval(secs => ?))
            """;

    private static final String LOCK_CASES = CASES + """
             ORDER BY imaging_case.case_id, imaging_case.reference
             LIMIT ?
               FOR UPDATE OF imaging_case
            """;

    private static final String OF_CASES = """
             WHERE (job_outcome.case_id, job_outcome.reference) IN (SELECT * FROM unnest(?, ?))
            """;

    private static final String COUNT = """
            SELECT count(*) AS outcomes, count(mask.job_id) AS masks, coalesce(sum(octet_length(mask.png)), 0) AS mask_bytes,
                   coalesce(sum((SELECT count(*) FROM lesion WHERE lesion.job_id = job_outcome.job_id)), 0) AS lesions
              FROM job_outcome
              LEFT JOIN mask ON mask.job_id = job_outcome.job_id
            """;

    private static final String DELETE_OUTCOMES = "DELETE FROM job_outcome " + OF_CASES;

    private static final String DELETE_CASES = """
            DELETE FROM imaging_case WHERE (case_id, reference) IN (SELECT * FROM unnest(?, ?))
            """;

    private static final String MASKS = """
              FROM mask
             WHERE (?::float8 IS NULL OR mask.created_at < now() - make_interval(secs => ?))
               AND (?::text[] IS NULL
                    OR EXISTS (SELECT FROM job_outcome
                                WHERE job_outcome.job_id = mask.job_id AND job_outcome.case_id = ANY (?)))
            """;

    private static final String COUNT_MASKS =
            "SELECT count(*) AS masks, coalesce(sum(octet_length(png)), 0) AS mask_bytes " + MASKS;

    private static final String DELETE_MASKS = """
            WITH old AS (SELECT job_id, octet_length(png) AS bytes""" + " " + MASKS + """
                          LIMIT ?),
                 gone AS (DELETE FROM mask USING old WHERE mask.job_id = old.job_id RETURNING old.bytes)
            SELECT count(*) AS masks, coalesce(sum(bytes), 0) AS mask_bytes FROM gone
            """;

    private final Database database;
    private final int batch;

    /** @param batch most cases or masks of one transaction */
    public Retention(DataSource source, int batch) {
        if (batch < 1) {
            throw new IllegalArgumentException("batch must be positive, was " + batch);
        }
        this.database = new Database(source, "retention");
        this.batch = batch;
    }

    /**
     * What may go: everything that fulfils what is given.
     *
     * @param olderThan age that it must have
     * @param cases ids of cases that it must belong to; empty for any
     */
    public record Scope(Optional<Duration> olderThan, List<String> cases) {
        public Scope {
            cases = List.copyOf(cases);
            if (olderThan.isEmpty() && cases.isEmpty()) {
                throw new IllegalArgumentException("an age or a case must be given");
            }
            if (olderThan.isPresent() && olderThan.get().isNegative()) {
                throw new IllegalArgumentException("olderThan must not be negative, was " + olderThan.get());
            }
        }
    }

    /**
     * What went, or would go.
     *
     * @param cases under how many checkpoint references
     * @param maskBytes bytes of the masks
     */
    public record Removed(long cases, long outcomes, long lesions, long masks, long maskBytes) {
        static final Removed NOTHING = new Removed(0, 0, 0, 0, 0);

        Removed plus(Removed more) {
            return new Removed(
                    cases + more.cases,
                    outcomes + more.outcomes,
                    lesions + more.lesions,
                    masks + more.masks,
                    maskBytes + more.maskBytes);
        }
    }

    /** What {@link #emptyMasks} or {@link #deleteCases} would do; changes nothing. */
    public Removed preview(Scope scope, boolean whole) {
        return database.inTransaction(connection -> {
            if (!whole) {
                return masks(connection, COUNT_MASKS, scope, Optional.empty());
            }
            List<CaseKey> keys = cases(connection, CASES, scope, Optional.empty());
            return count(connection, keys);
        });
    }

    /**
     * Drops the masks and keeps everything that was measured from them.
     *
     * @param progress told what went so far after every batch
     */
    public Removed emptyMasks(Scope scope, Consumer<Removed> progress) {
        Removed all = Removed.NOTHING;
        Removed last;
        do {
            last = database.inTransaction(connection -> masks(connection, DELETE_MASKS, scope, Optional.of(batch)));
            all = all.plus(last);
            progress.accept(all);
        } while (last.masks() > 0);
        return all;
    }

    /**
     * Drops cases with their outcomes, masks, lesions, totals and results.
     *
     * @param progress told what went so far after every batch
     */
    public Removed deleteCases(Scope scope, Consumer<Removed> progress) {
        Removed all = Removed.NOTHING;
        Removed last;
        do {
            last = database.inTransaction(connection -> delete(connection, scope));
            all = all.plus(last);
            progress.accept(all);
        } while (last.cases() > 0);
        return all;
    }

    private Removed delete(Connection connection, Scope scope) throws SQLException {
        List<CaseKey> keys = cases(connection, LOCK_CASES, scope, Optional.of(batch));
        Removed removed = count(connection, keys);
        for (String sql : List.of(DELETE_OUTCOMES, DELETE_CASES)) { // what belongs to them goes by foreign key
            try (PreparedStatement statement = Database.prepare(connection, sql)) {
                new RowArrays<>(statement, keys).text(CaseKey::caseId).text(CaseKey::reference);
                statement.executeUpdate();
            }
        }
        return removed;
    }

    private static List<CaseKey> cases(Connection connection, String sql, Scope scope, Optional<Integer> limit)
            throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, sql)) {
            bind(statement, 1, scope.cases());
            bind(statement, 3, scope.olderThan());
            if (limit.isPresent()) {
                statement.setInt(5, limit.get());
            }
            List<CaseKey> keys = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    keys.add(new CaseKey(rows.getString("case_id"), rows.getString("reference")));
                }
            }
            return keys;
        }
    }

    private static Removed count(Connection connection, List<CaseKey> keys) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, COUNT + OF_CASES)) {
            new RowArrays<>(statement, keys).text(CaseKey::caseId).text(CaseKey::reference);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return new Removed(
                        keys.size(),
                        rows.getLong("outcomes"),
                        rows.getLong("lesions"),
                        rows.getLong("masks"),
                        rows.getLong("mask_bytes"));
            }
        }
    }

    private static Removed masks(Connection connection, String sql, Scope scope, Optional<Integer> limit)
            throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, sql)) {
            bind(statement, 1, scope.olderThan());
            bind(statement, 3, scope.cases());
            if (limit.isPresent()) {
                statement.setInt(5, limit.get());
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return new Removed(0, 0, 0, rows.getLong("masks"), rows.getLong("mask_bytes"));
            }
        }
    }

    /** Binds an age twice: to ask whether there is one, and for its seconds. */
    private static void bind(PreparedStatement statement, int index, Optional<Duration> age) throws SQLException {
        Double seconds = age.map(known -> known.toMillis() / 1000.0).orElse(null);
        statement.setObject(index, seconds);
        statement.setObject(index + 1, seconds == null ? 0.0 : seconds);
    }

    /** Binds ids twice: to ask whether there are any, and for themselves. */
    private static void bind(PreparedStatement statement, int index, List<String> ids) throws SQLException {
        Object[] given = ids.isEmpty() ? null : ids.toArray();
        statement.setArray(
                index, given == null ? null : statement.getConnection().createArrayOf("text", given));
        statement.setArray(
                index + 1, given == null ? null : statement.getConnection().createArrayOf("text", given));
    }
}
