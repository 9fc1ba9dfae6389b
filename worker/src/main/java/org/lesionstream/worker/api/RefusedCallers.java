package org.lesionstream.worker.api;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Callers without a valid token, and those whose token lacks the role: a problem document and the header of RFC 6750. */
public class RefusedCallers {

    @ServerExceptionMapper
    public Response noToken(UnauthorizedException refused) {
        return refusal(Response.Status.UNAUTHORIZED, "This needs a bearer token", "NO_TOKEN", "Bearer");
    }

    /** Why it is not valid is not told: it would help those who try. */
    @ServerExceptionMapper
    public Response invalidToken(AuthenticationFailedException refused) {
        return refusal(
                Response.Status.UNAUTHORIZED,
                "The bearer token is not valid, not any more, or not for this system",
                "INVALID_TOKEN",
                "Bearer error=\"invalid_token\"");
    }

    @ServerExceptionMapper
    public Response missingRole(ForbiddenException refused, ResourceInfo resource) {
        String title = Stream.of(resource.getResourceMethod(), resource.getResourceClass())
                .flatMap(place -> roles(place).stream())
                .findFirst()
                .map(roles -> "This needs a token with the role " + String.join(" or ", roles.value()))
                .orElse("Nobody may do this");
        return refusal(Response.Status.FORBIDDEN, title, "MISSING_ROLE", "Bearer error=\"insufficient_scope\"");
    }

    private static Optional<RolesAllowed> roles(AnnotatedElement place) {
        return Optional.ofNullable(place.getAnnotation(RolesAllowed.class));
    }

    private static Response refusal(Response.Status status, String title, String code, String challenge) {
        Problem problem = new Problem(title, status.getStatusCode(), code, Optional.empty());
        return Response.fromResponse(problem.response())
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .build();
    }
}
