package org.lesionstream.worker.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.schemas.checkpoint.CheckpointIdentity;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.message.ClassExtent;
import org.lesionstream.schemas.message.ClassTotals;

/**
 * What the images of a case contribute to its result.
 *
 * @param segmented the totals of those that have a mask, by ascending image
 * @param deadLetters those that were answered by a dead letter
 */
record CaseImages(List<ImageTotals> segmented, List<Integer> deadLetters) {
    private static final String IMAGE_TOTALS = """
            SELECT job_outcome.case_id, job_outcome.reference, image_index, job_id, slice_spacing_millimetres,
                   said.checkpoint ->> 'name'           AS checkpoint_name,
                   (said.checkpoint ->> 'version')::int AS checkpoint_version,
                   checkpoint_digest,
                   (said.image ->> 'width')::bigint * (said.image ->> 'height')::bigint AS pixels,
                   label, name, lesions, area_pixels, area_square_millimetres, image_share,
                   largest_area_pixels, largest_area_square_millimetres, longest_diameter_pixels,
                   longest_diameter_millimetres, mean_confidence, min_confidence
              FROM unnest(?, ?) AS complete (case_id, reference)
              JOIN job_outcome USING (case_id, reference)
              JOIN class_total USING (job_id)
             CROSS JOIN LATERAL json_to_record(message) AS said (checkpoint json, image json) -- parses the message once
             WHERE counted
             ORDER BY job_outcome.case_id, job_outcome.reference, image_index, label
            """;

    private static final String DEAD_LETTERS = """
            SELECT case_id, reference, image_index
              FROM job_outcome
              JOIN unnest(?, ?) AS asked (case_id, reference) USING (case_id, reference)
             WHERE counted AND kind = 'dead_letter'
            """;

    CaseImages {
        segmented = List.copyOf(segmented);
        deadLetters = List.copyOf(deadLetters);
    }

    /**
     * What is known now of some cases. Only a case with images from before is read from the tables.
     *
     * @param ledgers the cases, with the list counted
     * @param stored the outcomes of the list that are new, in the tables already
     */
    static Map<CaseKey, CaseImages> of(
            Connection connection, Map<CaseKey, CaseLedger> ledgers, Map<String, OutcomeRow> stored)
            throws SQLException {
        Map<CaseKey, CaseImages> images = new LinkedHashMap<>();
        List<CaseKey> older = new ArrayList<>();
        ledgers.forEach((key, ledger) -> {
            if (ledger.speakers().size() == ledger.images()) {
                images.put(
                        key,
                        of(ledger.speakers().values().stream().map(stored::get).toList()));
            } else {
                older.add(key);
            }
        });
        images.putAll(read(connection, older, ledgers));
        return images;
    }

    private static CaseImages of(List<OutcomeRow> rows) {
        return new CaseImages(
                rows.stream().flatMap(row -> row.totals().stream()).toList(),
                rows.stream()
                        .filter(row -> row.kind() == OutcomeKind.DEAD_LETTER)
                        .flatMap(row -> row.image().stream())
                        .toList());
    }

    private static Map<CaseKey, CaseImages> read(
            Connection connection, List<CaseKey> keys, Map<CaseKey, CaseLedger> ledgers) throws SQLException {
        Map<CaseKey, List<ImageTotals>> totals = totals(connection, keys);
        List<CaseKey> incomplete = keys.stream()
                .filter(key -> totals.getOrDefault(key, List.of()).size()
                        < ledgers.get(key).images())
                .toList();
        Map<CaseKey, List<Integer>> deadLetters = deadLetters(connection, incomplete);
        Map<CaseKey, CaseImages> images = new HashMap<>();
        keys.forEach(key -> images.put(
                key, new CaseImages(totals.getOrDefault(key, List.of()), deadLetters.getOrDefault(key, List.of()))));
        return images;
    }

    /** What the images of some cases contribute, by case and ascending image. */
    private static Map<CaseKey, List<ImageTotals>> totals(Connection connection, Collection<CaseKey> keys)
            throws SQLException {
        Map<CaseKey, List<ImageTotals>> totals = new HashMap<>();
        if (keys.isEmpty()) {
            return totals;
        }
        try (PreparedStatement statement = Database.prepare(connection, IMAGE_TOTALS)) {
            new RowArrays<>(statement, keys).text(CaseKey::caseId).text(CaseKey::reference);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    addClass(totals.computeIfAbsent(CaseTable.key(rows), key -> new ArrayList<>()), rows);
                }
            }
        }
        return totals;
    }

    /** The images of some cases that were answered by a dead letter. */
    private static Map<CaseKey, List<Integer>> deadLetters(Connection connection, Collection<CaseKey> keys)
            throws SQLException {
        Map<CaseKey, List<Integer>> images = new HashMap<>();
        if (keys.isEmpty()) {
            return images;
        }
        try (PreparedStatement statement = Database.prepare(connection, DEAD_LETTERS)) {
            new RowArrays<>(statement, keys).text(CaseKey::caseId).text(CaseKey::reference);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    images.computeIfAbsent(CaseTable.key(rows), key -> new ArrayList<>())
                            .add(rows.getInt("image_index"));
                }
            }
        }
        return images;
    }

    /** Rows come by image and class; each is one class of the image in it. */
    private static void addClass(List<ImageTotals> images, ResultSet row) throws SQLException {
        int image = row.getInt("image_index");
        List<ClassTotals> classes = new ArrayList<>();
        if (!images.isEmpty() && images.get(images.size() - 1).image() == image) {
            classes.addAll(images.remove(images.size() - 1).classes());
        }
        classes.add(new ClassTotals(
                row.getInt("label"),
                row.getString("name"),
                row.getInt("lesions"),
                row.getLong("area_pixels"),
                Optional.ofNullable(row.getObject("area_square_millimetres", Double.class)),
                row.getDouble("image_share"),
                extent(row)));
        images.add(new ImageTotals(
                image,
                row.getString("job_id"),
                row.getObject("slice_spacing_millimetres") != null,
                new CheckpointIdentity(
                        row.getString("checkpoint_name"),
                        row.getInt("checkpoint_version"),
                        new Digest(row.getString("checkpoint_digest"))),
                row.getLong("pixels"),
                classes));
    }

    private static Optional<ClassExtent> extent(ResultSet row) throws SQLException {
        if (row.getObject("largest_area_pixels") == null) {
            return Optional.empty();
        }
        return Optional.of(new ClassExtent(
                row.getLong("largest_area_pixels"),
                Database.number(row, "largest_area_square_millimetres"),
                row.getDouble("longest_diameter_pixels"),
                Database.number(row, "longest_diameter_millimetres"),
                Database.number(row, "mean_confidence"),
                Database.number(row, "min_confidence")));
    }
}
