package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;
import org.lesionstream.schemas.checkpoint.CheckpointReference;

/**
 * Which checkpoint is asked about.
 *
 * <ul>
 *   <li>{@code lesion}: any checkpoint of that name
 *   <li>{@code lesion@production}: what was asked for by this alias, whatever it meant
 *   <li>{@code lesion@7}: what was asked for so, and what version 7 did under any reference
 *   <li>{@code lesion@sha256:…} or the digest alone: what this very checkpoint did
 * </ul>
 *
 * @param text one of these forms
 */
public record CheckpointChoice(String text) {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /** Refuses any other form with {@code IllegalArgumentException}; the message does not repeat the text. */
    public CheckpointChoice {
        requireNonNull(text, "text");
        if (text.indexOf('@') >= 0) {
            CheckpointReference.parse(text);
        } else if (!DIGEST.matcher(text).matches()) {
            CheckpointReference.checkName(text);
        }
    }

    /** Restricts rows that have the columns {@code reference} and {@code checkpoint_digest}. */
    void restrict(Conditions conditions) {
        if (DIGEST.matcher(text).matches()) {
            conditions.and("checkpoint_digest = ?", text);
        } else if (text.indexOf('@') < 0) {
            conditions.and("split_part(reference, '@', 1) = ?", text);
        } else if (CheckpointReference.parse(text) instanceof CheckpointReference.ByDigest exact) {
            conditions.and("checkpoint_digest = ?", exact.digest().hex());
        } else if (CheckpointReference.parse(text) instanceof CheckpointReference.ByVersion version) {
            conditions.and(
                    "reference = ? OR checkpoint_digest IN (SELECT digest FROM checkpoint WHERE name = ? AND version = ?)",
                    text,
                    version.name(),
                    version.version());
        } else {
            conditions.and("reference = ?", text);
        }
    }
}
