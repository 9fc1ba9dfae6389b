package org.lesionstream.worker.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets few requests at a time do what is dear, and sends the others away at once, so that questions never take the connections and
 * the memory that jobs need.
 */
final class Turnstile {
    private static final int RETRY_AFTER_SECONDS = 5;

    private final Semaphore places;

    Turnstile(int places) {
        this.places = new Semaphore(places);
    }

    /**
     * Does the work if there is a place.
     *
     * @throws WebApplicationException a problem with status 503 if there is none
     */
    <T> T pass(Supplier<T> work) {
        if (!places.tryAcquire()) {
            throw busy();
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    private static WebApplicationException busy() {
        Problem problem = new Problem(
                "Others are asking the same of this worker; ask again",
                Response.Status.SERVICE_UNAVAILABLE.getStatusCode(),
                "BUSY",
                Optional.empty());
        return new WebApplicationException(Response.fromResponse(problem.response())
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build());
    }
}
