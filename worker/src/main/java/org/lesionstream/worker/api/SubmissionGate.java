package org.lesionstream.worker.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.lesionstream.schemas.message.FailureCode;

/**
 * What a job passes before it is looked at: its sender must not send too many, and it must fit into a message. Each worker counts
 * for itself.
 */
public final class SubmissionGate {
    private static final int MOST_CALLERS = 10_000;

    private final RateLimit rate;
    private final int maxBytes;
    private final LongSupplier clock;

    /**
     * @param perSecond jobs a second of one caller for long
     * @param burst jobs at once of a caller who was silent
     * @param maxBytes longest body
     * @param clock nanoseconds, monotonic
     */
    public SubmissionGate(int perSecond, int burst, int maxBytes, LongSupplier clock) {
        this.rate = new RateLimit(perSecond, burst, MOST_CALLERS);
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    /**
     * Lets a caller's job in.
     *
     * @param caller whom the limit counts for
     * @param body read no further than is allowed
     * @return the body
     * @throws WebApplicationException a problem with status 429 or 413
     */
    byte[] admit(String caller, InputStream body) {
        rate.take(caller, clock.getAsLong()).ifPresent(wait -> {
            throw tooMany(wait);
        });
        try {
            byte[] job = body.readNBytes(maxBytes + 1);
            if (job.length > maxBytes) {
                throw new WebApplicationException(new Problem(
                                "The job is longer than a message may be",
                                Response.Status.REQUEST_ENTITY_TOO_LARGE.getStatusCode(),
                                FailureCode.MESSAGE_TOO_LARGE.name(),
                                Optional.empty())
                        .response());
            }
            return job;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static WebApplicationException tooMany(Duration wait) {
        Problem problem = new Problem(
                "You send more jobs than one caller may; go on after the seconds of Retry-After",
                Response.Status.TOO_MANY_REQUESTS.getStatusCode(),
                "TOO_MANY_JOBS",
                Optional.empty());
        return new WebApplicationException(Response.fromResponse(problem.response())
                .header(HttpHeaders.RETRY_AFTER, wait.plusNanos(999_999_999).toSeconds())
                .build());
    }
}
