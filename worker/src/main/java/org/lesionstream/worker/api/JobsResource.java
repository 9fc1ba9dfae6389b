package org.lesionstream.worker.api;

import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.lesionstream.schemas.message.ImageJob;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.persist.JobCursor;
import org.lesionstream.worker.persist.JobFilter;
import org.lesionstream.worker.persist.JobPages;
import org.lesionstream.worker.persist.JobQueries;
import org.lesionstream.worker.persist.OutcomeKind;
import org.lesionstream.worker.persist.StoredMask;
import org.lesionstream.worker.publish.JobSubmitter;
import org.lesionstream.worker.publish.TopicNames;

/** Jobs: submit one, and see what became of it. */
@Path("/api/jobs")
@RolesAllowed(Roles.READ)
@Tag(name = "jobs")
public class JobsResource {
    /** Header {@code traceparent} of W3C Trace Context, version 00 to fe. */
    private static final Pattern TRACE_PARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private static final int MAX_PAGE = 500;

    private final JobQueries jobs;
    private final JobPages pages;
    private final TopicNames topics;
    private final JobSubmitter submitter;
    private final MessageCodec codec;
    private final SubmissionGate gate;
    private final SecurityIdentity caller;

    JobsResource(
            JobQueries jobs,
            JobPages pages,
            TopicNames topics,
            JobSubmitter submitter,
            MessageCodec codec,
            SubmissionGate gate,
            SecurityIdentity caller) {
        this.jobs = jobs;
        this.pages = pages;
        this.topics = topics;
        this.submitter = submitter;
        this.codec = codec;
        this.gate = gate;
        this.caller = caller;
    }

    @POST
    @RolesAllowed(Roles.SUBMIT)
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Submits a job",
            description =
                    "Checks the job against its contract and puts it on Kafka. The same job id may be submitted again at any"
                            + " time: it has one outcome ever.")
    @RequestBody(
            description = "An image job, contract image-job.v2",
            required = true,
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = ImageJob.class)))
    @APIResponse(
            responseCode = "202",
            description = "The job is on Kafka; Location says where its outcome will be",
            content = @Content(schema = @Schema(implementation = JobViews.Accepted.class)))
    @APIResponse(
            responseCode = "400",
            description = "The job is not valid: code and JSON pointer of the fault",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "413", description = "The job or its inline picture is too large")
    @APIResponse(responseCode = "429", description = "The caller submits too many jobs; Retry-After says when to go on")
    @APIResponse(responseCode = "503", description = "Kafka does not answer; submit the same job again later")
    public Response submit(
            InputStream body,
            @Parameter(description = "Class of service: urgent or backfill") @QueryParam("lane") @DefaultValue("urgent")
                    String lane,
            @Parameter(description = "W3C trace context, handed on to the answer") @HeaderParam("traceparent")
                    Optional<String> traceParent,
            @Context HttpServerRequest request) {
        Lane chosen = Parameters.word("lane", Lane.class, lane);
        ImageJob job = codec.readJob(gate.admit(sender(request), body));
        JobViews.Accepted accepted =
                JobViews.Accepted.of(job.jobId(), submitter.submit(job, chosen, traceParent.filter(text -> TRACE_PARENT
                        .matcher(text)
                        .matches())));
        return Response.accepted(accepted)
                .location(URI.create("/api/jobs/" + job.jobId()))
                .build();
    }

    /** Whoever the token says it is; without tokens the machine that the connection comes from. */
    private String sender(HttpServerRequest request) {
        return caller.isAnonymous()
                ? "from " + request.remoteAddress().hostAddress()
                : caller.getPrincipal().getName();
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Lists finished jobs, the newest first")
    @APIResponse(responseCode = "200", description = "A page of jobs")
    @APIResponse(responseCode = "400", description = "A parameter is not valid")
    public JobViews.Page list(
            @Parameter(description = "Only jobs that ended so: segmented or dead_letter") @QueryParam("outcome")
                    Optional<String> outcome,
            @Parameter(description = "Where to go on: the value next of the page before") @QueryParam("after")
                    Optional<String> after,
            @Parameter(description = "Most jobs of the page, 1 to 500") @QueryParam("size") @DefaultValue("50")
                    int size,
            @BeanParam FindingParameters finding) {
        JobFilter filter = new JobFilter(
                outcome.map(word -> Parameters.word("outcome", OutcomeKind.class, word)), finding.filter(topics));
        int limit = Parameters.between("size", 1, MAX_PAGE, size);
        return JobViews.Page.of(
                pages.page(filter, Parameters.parsed("after", JobCursor::parse, after), limit + 1), limit, topics);
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Says what became of a job: its answer, its totals and all its lesions")
    @APIResponse(responseCode = "200", description = "The outcome")
    @APIResponse(responseCode = "404", description = "The job has no outcome, or none yet")
    public JobViews.Details get(@Parameter(description = "Id of the job") @PathParam("id") String id) {
        return jobs.job(Parameters.id("id", id)).map(JobViews.Details::of).orElseThrow(() -> Problem.notFound(
                        "No outcome of such a job, or none yet")
                .exception());
    }

    @GET
    @Path("{id}/mask.png")
    @Produces("image/png")
    @Operation(
            summary = "Gives the mask of a job, one label per pixel; a PNG of 1 bit for one class, else 8-bit indexed")
    @APIResponse(responseCode = "200", description = "The mask; ETag is its SHA-256")
    @APIResponse(responseCode = "404", description = "The job has no mask, or none yet")
    public Response mask(@Parameter(description = "Id of the job") @PathParam("id") String id) {
        StoredMask mask = jobs.mask(Parameters.id("id", id))
                .orElseThrow(() ->
                        Problem.notFound("No mask of such a job, or none yet").exception());
        return Response.ok(mask.png()).tag(mask.sha256().hex()).build();
    }
}
