package org.lesionstream.worker.persist;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.lesionstream.worker.delivery.Position;

/**
 * A dead letter that was replayed, and how.
 *
 * @param replay the number of the replay that was made of it
 * @param code why the job was a dead letter
 * @param deadSince when the letter was stored
 * @param requestedBy who asked for the replay, as he said
 * @param published where the job stands now; empty until the broker has it
 * @param traceParent W3C trace context that the message carries, where one is known
 * @param message the letter as it was published (JSON)
 */
public record EarlierLetter(
        int replay,
        String code,
        Instant deadSince,
        Instant requestedAt,
        String requestedBy,
        Optional<Position> published,
        Optional<String> traceParent,
        String message) {
    public EarlierLetter {
        requireNonNull(code, "code");
        requireNonNull(deadSince, "deadSince");
        requireNonNull(requestedAt, "requestedAt");
        requireNonNull(requestedBy, "requestedBy");
        requireNonNull(published, "published");
        requireNonNull(traceParent, "traceParent");
        requireNonNull(message, "message");
    }
}
