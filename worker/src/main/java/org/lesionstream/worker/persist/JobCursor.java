package org.lesionstream.worker.persist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** A place in the list of jobs: after the job that it names. As {@link CaseCursor} it stays in place while new jobs come in. */
public record JobCursor(Instant createdAt, String jobId) {
    public JobCursor {
        requireNonNull(createdAt, "createdAt");
        requireNonNull(jobId, "jobId");
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if the text is not one that {@link #toString} made
     */
    public static JobCursor parse(String text) {
        String[] parts = new String(Base64.getUrlDecoder().decode(text), UTF_8).split(" ", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("a cursor must have 2 parts, had " + parts.length);
        }
        try {
            return new JobCursor(Instant.parse(parts[0]), parts[1]);
        } catch (DateTimeException notATime) {
            throw new IllegalArgumentException("a cursor must begin with a time", notATime);
        }
    }

    /** The text form, opaque to clients and safe in a URL; no id can hold a blank. */
    @Override
    public String toString() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((createdAt + " " + jobId).getBytes(UTF_8));
    }

    /** Leaves only the rows of {@code job_outcome AS found} that come after this one, the newest first. */
    void continueIn(Conditions conditions) {
        conditions.and(
                "found.created_at <= ? AND (found.created_at < ? OR found.job_id > ?)",
                FindingConditions.at(createdAt),
                FindingConditions.at(createdAt),
                jobId);
    }
}
