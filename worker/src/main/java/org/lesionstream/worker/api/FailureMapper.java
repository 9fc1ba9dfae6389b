package org.lesionstream.worker.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;

/** A failure of the worker itself: what passes is worth another try, and says so. */
@Provider
public class FailureMapper implements ExceptionMapper<SegmentationException> {
    private static final Logger LOG = Logger.getLogger(FailureMapper.class);
    private static final int RETRY_AFTER_SECONDS = 5;

    @Override
    public Response toResponse(SegmentationException failure) {
        if (failure.code() == FailureCode.MESSAGE_TOO_LARGE) {
            return problem("The job is too large for its topic", Response.Status.REQUEST_ENTITY_TOO_LARGE, failure)
                    .response();
        }
        return switch (failure.code().type()) {
            case TRANSIENT ->
                Response.fromResponse(problem(
                                        "Something that the worker needs is away for a while",
                                        Response.Status.SERVICE_UNAVAILABLE,
                                        failure)
                                .response())
                        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                        .build();
            case INPUT, EXPIRED ->
                problem("The request cannot be fulfilled", Response.Status.BAD_REQUEST, failure)
                        .response();
            case INTERNAL -> {
                LOG.error("A request failed by a fault of the worker", failure);
                yield problem("A fault of the worker", Response.Status.INTERNAL_SERVER_ERROR, failure)
                        .response();
            }
        };
    }

    private static Problem problem(String title, Response.Status status, SegmentationException failure) {
        return new Problem(title, status.getStatusCode(), failure.code().name(), Optional.empty());
    }
}
