package org.lesionstream.worker.persist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/**
 * A place in the list of cases: after the case that it names.
 *
 * <p>Unlike a page number it stays in place while new cases come in at the front, and costs the same at any depth.
 */
public record CaseCursor(Instant createdAt, String caseId, String reference) {
    public CaseCursor {
        requireNonNull(createdAt, "createdAt");
        requireNonNull(caseId, "caseId");
        requireNonNull(reference, "reference");
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if the text is not one that {@link #toString} made
     */
    public static CaseCursor parse(String text) {
        String[] parts = new String(Base64.getUrlDecoder().decode(text), UTF_8).split(" ", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("a cursor must have 3 parts, had " + parts.length);
        }
        try {
            return new CaseCursor(Instant.parse(parts[0]), parts[1], parts[2]);
        } catch (DateTimeException notATime) {
            throw new IllegalArgumentException("a cursor must begin with a time", notATime);
        }
    }

    /** The text form, opaque to clients and safe in a URL; neither id nor reference can hold a blank. */
    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((createdAt + " " + caseId + " " + reference).getBytes(UTF_8));
    }
}
