package org.lesionstream.worker.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.worker.persist.CaseCursor;
import org.lesionstream.worker.persist.CaseDetails;
import org.lesionstream.worker.persist.CaseFilter;
import org.lesionstream.worker.persist.CaseQueries;
import org.lesionstream.worker.persist.CaseState;
import org.lesionstream.worker.publish.TopicNames;

/** Cases, and how far they are. */
@Path("/api/cases")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.READ)
@Tag(name = "cases")
public class CasesResource {
    private static final int MAX_PAGE = 500;

    private final CaseQueries cases;
    private final TopicNames topics;

    CasesResource(CaseQueries cases, TopicNames topics) {
        this.cases = cases;
        this.topics = topics;
    }

    @GET
    @Operation(summary = "Lists cases, the newest first")
    @APIResponse(responseCode = "200", description = "A page of cases")
    @APIResponse(responseCode = "400", description = "A parameter is not valid")
    public CaseViews.Page list(
            @Parameter(description = "Only cases that asked for this checkpoint, such as lesion@production")
                    @QueryParam("reference")
                    Optional<String> reference,
            @Parameter(description = "Only cases in this state: open, complete or incomplete") @QueryParam("state")
                    Optional<String> state,
            @Parameter(description = "Where to go on: the value next of the page before") @QueryParam("after")
                    Optional<String> after,
            @Parameter(description = "Most cases of the page, 1 to 500") @QueryParam("size") @DefaultValue("50")
                    int size,
            @BeanParam FindingParameters finding) {
        CaseFilter filter = new CaseFilter(
                Parameters.parsed("reference", CheckpointReference::parse, reference),
                state.map(word -> Parameters.word("state", CaseState.class, word)),
                finding.filter(topics));
        int limit = Parameters.between("size", 1, MAX_PAGE, size);
        return CaseViews.Page.of(
                cases.page(filter, Parameters.parsed("after", CaseCursor::parse, after), limit + 1), limit);
    }

    @GET
    @Path("{id}")
    @Operation(
            summary =
                    "Says all about a case: its state, its finished images, its latest result and the lesions of its volume")
    @APIResponse(responseCode = "200", description = "The case")
    @APIResponse(responseCode = "404", description = "No image of such a case was ever registered")
    public CaseViews.Everything get(@Parameter(description = "Id of the case") @PathParam("id") String id) {
        List<CaseDetails> found = cases.byId(Parameters.id("id", id));
        if (found.isEmpty()) {
            throw Problem.notFound("No such case").exception();
        }
        return new CaseViews.Everything(
                id, found.stream().map(CaseViews.Details::of).toList());
    }
}
