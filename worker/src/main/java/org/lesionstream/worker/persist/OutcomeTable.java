package org.lesionstream.worker.persist;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.image.PixelSpacing;
import org.lesionstream.schemas.message.SlicePosition;
import org.lesionstream.worker.delivery.OutgoingMessage;

/**
 * The table {@code job_outcome}: the first outcome of a job stays, and its message is found again.
 *
 * <p>A dead letter gives way once, to the outcome of the very replay that was asked for.
 */
final class OutcomeTable {

    /**
     * In the order of the ids, so that two workers with the same jobs never wait for each other in a circle. Whether the outcome speaks for
     * its image stays as it was when it takes the place of a dead letter, and the ledger of the case decides that; an expanded job speaks
     * for none.
     */
    private static final String INSERT = """
            INSERT INTO job_outcome AS stored (job_id, kind, case_id, reference, image_index, checkpoint_digest, precision, engine,
                                     replay, failure_code, source_sha256, source_topic, source_partition, source_offset,
                                     source_uri, source_frame, pixel_row_millimetres, pixel_column_millimetres,
                                     slice_position_millimetres, slice_spacing_millimetres, counted, message)
            SELECT job_id, kind, case_id, reference, image_index, checkpoint_digest, precision, engine,
                   replay, failure_code, source_sha256, source_topic, source_partition, source_offset,
                   source_uri, source_frame, pixel_row_millimetres, pixel_column_millimetres,
                   slice_position_millimetres, slice_spacing_millimetres, counted, message::json
              FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                   AS fresh (job_id, kind, case_id, reference, image_index, checkpoint_digest, precision, engine,
                             replay, failure_code, source_sha256, source_topic, source_partition, source_offset,
                             source_uri, source_frame, pixel_row_millimetres, pixel_column_millimetres,
                             slice_position_millimetres, slice_spacing_millimetres, counted, message)
             ORDER BY job_id
            ON CONFLICT (job_id) DO UPDATE
               SET kind = excluded.kind, checkpoint_digest = excluded.checkpoint_digest, precision = excluded.precision,
                   engine = excluded.engine, replay = excluded.replay, replay_requested = NULL,
                   failure_code = excluded.failure_code, source_sha256 = excluded.source_sha256,
                   source_topic = excluded.source_topic, source_partition = excluded.source_partition,
                   source_offset = excluded.source_offset, source_uri = excluded.source_uri,
                   source_frame = excluded.source_frame,
                   pixel_row_millimetres = excluded.pixel_row_millimetres,
                   pixel_column_millimetres = excluded.pixel_column_millimetres,
                   slice_position_millimetres = excluded.slice_position_millimetres,
                   slice_spacing_millimetres = excluded.slice_spacing_millimetres,
                   counted = stored.counted AND excluded.kind <> 'expanded',
                   message = excluded.message, created_at = now()
             WHERE stored.kind = 'dead_letter'
               AND stored.replay_requested = excluded.replay
               AND (stored.case_id, stored.reference, stored.image_index)
                   = (excluded.case_id, excluded.reference, excluded.image_index)
            RETURNING job_id
            """;

    private static final String STORED_ANSWERS = """
            SELECT job_id, kind, replay, message, case_id FROM job_outcome WHERE job_id = ANY (?)
            """;

    private static final String SILENCE = """
            UPDATE job_outcome
               SET counted = false
              FROM unnest(?, ?, ?) AS asked (case_id, reference, image_index)
             WHERE job_outcome.case_id = asked.case_id
               AND job_outcome.reference = asked.reference
               AND job_outcome.image_index = asked.image_index
               AND job_outcome.counted
            """;

    private static final String SPEAK = """
            UPDATE job_outcome SET counted = true FROM unnest(?) AS asked (job_id) WHERE job_outcome.job_id = asked.job_id
            """;

    private OutcomeTable() {}

    /**
     * Writes the outcomes that are not there yet, and those of replays in the place of their dead letters.
     *
     * @param rows with different job ids
     * @param speaking jobs that speak for their image from the start, which spares them the update of {@link #speak}
     * @return ids of the jobs whose outcome was written; those of the others had one before, which stays
     */
    static Set<String> insert(Connection connection, Collection<OutcomeRow> rows, Set<String> speaking)
            throws SQLException {
        Set<String> inserted = new HashSet<>();
        if (rows.isEmpty()) {
            return inserted;
        }
        try (PreparedStatement statement = Database.prepare(connection, INSERT)) {
            new RowArrays<>(statement, rows)
                    .text(OutcomeRow::jobId)
                    .text(row -> row.kind().column())
                    .optionalText(row -> row.caseKey().map(CaseKey::caseId))
                    .optionalText(row -> row.caseKey().map(CaseKey::reference))
                    .optionalInteger(OutcomeRow::image)
                    .optionalText(row -> row.checkpoint().map(Digest::hex))
                    .optionalText(
                            row -> row.segmented().map(found -> found.result().precision()))
                    .optionalText(
                            row -> row.segmented().map(found -> found.result().engine()))
                    .integer(OutcomeRow::replay)
                    .optionalText(OutcomeRow::failureCode)
                    .optionalText(row -> row.sourceDigest().map(Digest::hex))
                    .text(row -> row.position().topic())
                    .integer(row -> row.position().partition())
                    .bigint(row -> row.position().offset())
                    .optionalText(OutcomeRow::sourceUri)
                    .optionalInteger(OutcomeRow::sourceFrame)
                    .optionalNumber(row -> row.pixelSpacing().map(PixelSpacing::rowMillimetres))
                    .optionalNumber(row -> row.pixelSpacing().map(PixelSpacing::columnMillimetres))
                    .optionalNumber(row -> row.slice().map(SlicePosition::position))
                    .optionalNumber(row -> row.slice().map(SlicePosition::spacing))
                    .bool(row -> speaking.contains(row.jobId()))
                    .text(row -> new String(row.message().value(), UTF_8));
            try (ResultSet returned = statement.executeQuery()) {
                while (returned.next()) {
                    inserted.add(returned.getString(1));
                }
            }
        }
        return inserted;
    }

    /** What was answered to jobs that had an outcome before, by job. */
    static Map<String, OutgoingMessage> answers(Connection connection, Collection<String> jobIds) throws SQLException {
        Map<String, OutgoingMessage> answers = new HashMap<>();
        if (jobIds.isEmpty()) {
            return answers;
        }
        try (PreparedStatement statement = Database.prepare(connection, STORED_ANSWERS)) {
            new RowArrays<>(statement, jobIds).text(jobId -> jobId);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    answers.put(rows.getString("job_id"), answer(rows));
                }
            }
        }
        return answers;
    }

    /** Lets some outcomes speak for their images, in place of those that did before. */
    static void speak(Connection connection, Collection<Speaker> speakers) throws SQLException {
        if (speakers.isEmpty()) {
            return;
        }
        List<Speaker> instead = speakers.stream().filter(Speaker::instead).toList();
        if (!instead.isEmpty()) {
            silence(connection, instead);
        }
        try (PreparedStatement statement = Database.prepare(connection, SPEAK)) {
            new RowArrays<>(statement, speakers).text(Speaker::jobId);
            statement.executeUpdate();
        }
    }

    private static void silence(Connection connection, List<Speaker> instead) throws SQLException {
        try (PreparedStatement statement = Database.prepare(connection, SILENCE)) {
            new RowArrays<>(statement, instead)
                    .text(speaker -> speaker.key().caseId())
                    .text(speaker -> speaker.key().reference())
                    .integer(Speaker::image);
            statement.executeUpdate();
        }
    }

    /**
     * The job whose outcome speaks for an image of a case.
     *
     * @param instead whether another one did before
     */
    record Speaker(CaseKey key, int image, String jobId, boolean instead) {}

    private static OutgoingMessage answer(ResultSet row) throws SQLException {
        return Messages.outcome(
                OutcomeKind.ofColumn(row.getString("kind")),
                row.getString("job_id"),
                row.getInt("replay"),
                Optional.ofNullable(row.getString("case_id")),
                row.getString("message").getBytes(UTF_8));
    }
}
