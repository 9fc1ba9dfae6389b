package org.lesionstream.schemas.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * Something a person found worth knowing about a version: a line of {@code notes.jsonl}, which only grows. The version itself never changes.
 *
 * @param version which version
 * @param when it was noted
 * @param who noted it
 * @param text what
 */
public record CheckpointNote(int version, Instant when, String who, String text) {

    private static final JsonContract<CheckpointNote> CONTRACT =
            new JsonContract<>(CheckpointNote.class, "checkpoint-note.v1");

    public CheckpointNote {
        if (version < 1) {
            throw new IllegalArgumentException("version must be at least 1, was " + version);
        }
        if (who.isBlank() || text.isBlank()) {
            throw new IllegalArgumentException("who and text must not be blank");
        }
    }

    /**
     * Reads {@code notes.jsonl}, oldest note first.
     *
     * @throws ContractViolationException if a line is no note
     */
    public static List<CheckpointNote> parse(byte[] lines) {
        return new String(lines, StandardCharsets.UTF_8)
                .lines()
                .map(line -> CONTRACT.read(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    /** The file with this note at its end. */
    public byte[] appendTo(byte[] lines) {
        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        longer.writeBytes(lines);
        longer.writeBytes(CONTRACT.write(this));
        longer.write('\n');
        return longer.toByteArray();
    }
}
