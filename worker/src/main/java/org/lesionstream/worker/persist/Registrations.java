package org.lesionstream.worker.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.worker.delivery.JobRegistration;

/** The one statement that registers a poll. */
final class Registrations {

    /**
     * A known case is updated even where nothing changes: only so does the statement wait for a worker that is just
     * registering the same case, and see what that one pinned. Cases are taken in order, so two workers never wait for each
     * other. A job that is done makes no case: it may be the last trace of a case that was dropped by age. A dead letter whose
     * replay was asked for is not done, unless it is another case's job under the same id that comes.
     */
    private static final String REGISTER = """
            WITH asked AS (
                SELECT asked.*, job_outcome.replay, job_outcome.replay_requested,
                       job_outcome.job_id IS NOT NULL
                           AND (job_outcome.replay_requested IS NULL
                                OR (job_outcome.case_id, job_outcome.reference)
                                   IS DISTINCT FROM (asked.case_id, asked.reference)) AS done
                  FROM unnest(?, ?, ?, ?, ?)
                       WITH ORDINALITY AS asked (job_id, case_id, reference, images, digest, position)
                  LEFT JOIN job_outcome ON job_outcome.job_id = asked.job_id
            ), pinned AS (
                INSERT INTO imaging_case AS known (case_id, reference, images, checkpoint_digest)
                SELECT case_id, reference, max(images),
                       (array_agg(digest ORDER BY position) FILTER (WHERE digest IS NOT NULL))[1]
                  FROM asked
                 WHERE NOT done
                 GROUP BY case_id, reference
                 ORDER BY case_id, reference
                ON CONFLICT (case_id, reference) DO UPDATE
                   SET images = greatest(known.images, excluded.images),
                       checkpoint_digest = coalesce(known.checkpoint_digest, excluded.checkpoint_digest)
                RETURNING case_id, reference, checkpoint_digest
            )
            SELECT asked.done,
                   CASE WHEN NOT asked.done THEN pinned.checkpoint_digest END AS checkpoint_digest,
                   CASE WHEN asked.done THEN asked.replay ELSE coalesce(asked.replay_requested, 0) END AS replay
              FROM asked
              LEFT JOIN pinned ON pinned.case_id = asked.case_id AND pinned.reference = asked.reference
             ORDER BY asked.position
            """;

    private Registrations() {}

    static List<JobRegistration> register(Connection connection, List<RegistrationRequest> requests)
            throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, REGISTER)) {
            new RowArrays<>(statement, requests)
                    .text(request -> request.job().jobId())
                    .text(request -> request.job().imagingCase().id())
                    .text(request -> request.job().checkpoint().toString())
                    .integer(request -> request.job().imagingCase().images())
                    .optionalText(request -> request.currentDigest().map(Digest::hex));
            List<JobRegistration> registrations = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    registrations.add(new JobRegistration(
                            rows.getBoolean("done"),
                            Optional.ofNullable(rows.getString("checkpoint_digest"))
                                    .map(Digest::new),
                            rows.getInt("replay")));
                }
            }
            return registrations;
        }
    }
}
