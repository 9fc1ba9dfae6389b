package org.lesionstream.worker.api;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.InvalidMessageException;

/** A job that breaks its contract: the code and the place of the fault. */
@Provider
public class InvalidMessageMapper implements ExceptionMapper<InvalidMessageException> {

    @Override
    public Response toResponse(InvalidMessageException invalid) {
        Response.Status status = invalid.code() == FailureCode.MESSAGE_TOO_LARGE
                ? Response.Status.REQUEST_ENTITY_TOO_LARGE
                : Response.Status.BAD_REQUEST;
        return new Problem(
                        "The job is not valid",
                        status.getStatusCode(),
                        invalid.code().name(),
                        Optional.of(invalid.pointer()))
                .response();
    }
}
