package org.lesionstream.worker.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Why a request was not fulfilled, as a problem document (RFC 9457).
 *
 * <p>Never repeats what the request held: a refused field may be a person's name.
 *
 * @param title what is wrong, the same for the same code
 * @param status HTTP status
 * @param code stable code, one of the failure codes where there is a failure
 * @param pointer JSON pointer (RFC 6901) to the fault in the body of the request
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(description = "Why a request was not fulfilled (RFC 9457)")
public record Problem(String title, int status, String code, Optional<String> pointer) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem notFound(String title) {
        return new Problem(title, Response.Status.NOT_FOUND.getStatusCode(), "NOT_FOUND", Optional.empty());
    }

    static Problem badParameter(String title) {
        return new Problem(title, Response.Status.BAD_REQUEST.getStatusCode(), "BAD_PARAMETER", Optional.empty());
    }

    Response response() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }

    /** To be thrown out of a resource. */
    WebApplicationException exception() {
        return new WebApplicationException(response());
    }

    WebApplicationException exception(Throwable cause) {
        return new WebApplicationException(cause, response());
    }
}
