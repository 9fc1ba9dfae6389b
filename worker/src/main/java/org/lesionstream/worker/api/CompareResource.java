package org.lesionstream.worker.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.worker.persist.CaseComparison;
import org.lesionstream.worker.persist.CheckpointComparison;
import org.lesionstream.worker.persist.ComparisonSummary;

/** Two checkpoints over the same pictures. */
@Path("/api/compare")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.READ)
@Tag(name = "checkpoints")
public class CompareResource {
    private static final int MAX_PAGE = 200;
    private static final int COMPARISONS_AT_ONCE = 2;

    private final CheckpointComparison comparison;
    private final Turnstile turnstile = new Turnstile(COMPARISONS_AT_ONCE);

    CompareResource(CheckpointComparison comparison) {
        this.comparison = comparison;
    }

    /** The answer. */
    @Schema(description = "A page of cases that both checkpoints have done, by id")
    record Page(
            @Schema(
                    description =
                            "All cases taken together, as far as their masks have been compared; null on later pages")
            Optional<ComparisonSummary> summary,

            List<CaseComparison> cases,

            @Schema(description = "Value of the parameter after for the next page; null on the last page")
            Optional<String> next) {}

    @GET
    @Operation(
            summary = "Compares two checkpoints over the pictures that both have segmented",
            description =
                    "Images are paired by case, number and SHA-256 of their source. Masks are counted against each other"
                            + " when their page is first asked for and the counts are kept, so Dice outlives the masks; where a"
                            + " mask was dropped before, Dice is null and the case says so. One request counts a limited number of"
                            + " masks: a page may be shorter than asked for, and a very long case says how many images are"
                            + " pending and goes on when asked again. Differences are right less left.")
    @APIResponse(responseCode = "200", description = "A page of cases, on the first page with a summary")
    @APIResponse(responseCode = "400", description = "A parameter is not valid")
    @APIResponse(
            responseCode = "503",
            description = "Two comparisons are being made, or the database does not answer in time")
    public Page compare(
            @Parameter(
                            description =
                                    "One side: a reference as the jobs asked for it; name@version and name@sha256:digest also"
                                            + " find what this checkpoint did under any reference",
                            required = true)
                    @QueryParam("left")
                    Optional<String> left,
            @Parameter(description = "The other side, in the same forms", required = true) @QueryParam("right")
                    Optional<String> right,
            @Parameter(description = "Where to go on: the value next of the page before") @QueryParam("after")
                    Optional<String> after,
            @Parameter(description = "Most cases of the page, 1 to 200") @QueryParam("size") @DefaultValue("50")
                    int size,
            @Parameter(description = "Whether the first page shall sum up all cases, which takes longest")
                    @QueryParam("summary")
                    @DefaultValue("true")
                    boolean summary) {
        CheckpointReference one = reference("left", left);
        CheckpointReference other = reference("right", right);
        if (one.equals(other)) {
            throw Problem.badParameter("left and right must differ").exception();
        }
        int limit = Parameters.between("size", 1, MAX_PAGE, size);
        Optional<String> place = after.map(cursor -> Parameters.id("after", cursor));
        return turnstile.pass(() -> {
            CheckpointComparison.Page page = comparison.page(one, other, place, limit);
            Optional<ComparisonSummary> all =
                    summary && place.isEmpty() ? Optional.of(comparison.summary(one, other)) : Optional.empty();
            return new Page(all, page.cases(), page.next());
        });
    }

    private static CheckpointReference reference(String parameter, Optional<String> text) {
        return Parameters.parsed(parameter, CheckpointReference::parse, text)
                .orElseThrow(
                        () -> Problem.badParameter(parameter + " must be given").exception());
    }
}
