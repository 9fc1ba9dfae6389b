package org.lesionstream.worker.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.lesionstream.worker.persist.DeadLetterFilter;
import org.lesionstream.worker.persist.DeadLetterQueries;
import org.lesionstream.worker.persist.JobCursor;
import org.lesionstream.worker.publish.TopicNames;
import org.lesionstream.worker.replay.DeadLetterReplayer;
import org.lesionstream.worker.replay.ReplayLine;
import org.lesionstream.worker.replay.ReplayOrder;
import org.lesionstream.worker.replay.ReplayTally;

/** Jobs that could not be done: which, why, and once more. */
@Path("/api/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.READ)
@Tag(name = "dead letters")
public class DeadLettersResource {
    private static final int MAX_PAGE = 500;
    private static final int MAX_REPLAYS = 1000;
    private static final int REPLAYS_AT_ONCE = 2;

    private final DeadLetterQueries letters;
    private final DeadLetterReplayer replayer;
    private final TopicNames topics;
    private final Turnstile turnstile = new Turnstile(REPLAYS_AT_ONCE);

    DeadLettersResource(DeadLetterQueries letters, DeadLetterReplayer replayer, TopicNames topics) {
        this.letters = letters;
        this.replayer = replayer;
        this.topics = topics;
    }

    @GET
    @Operation(summary = "Lists the jobs that could not be done, the newest first")
    @APIResponse(responseCode = "200", description = "A page of dead letters")
    @APIResponse(responseCode = "400", description = "A parameter is not valid")
    public DeadLetterViews.Page list(
            @Parameter(description = "Where to go on: the value next of the page before") @QueryParam("after")
                    Optional<String> after,
            @Parameter(description = "Most letters of the page, 1 to 500") @QueryParam("size") @DefaultValue("50")
                    int size,
            @BeanParam DeadLetterParameters chosen) {
        int limit = Parameters.between("size", 1, MAX_PAGE, size);
        return DeadLetterViews.Page.of(
                letters.page(
                        chosen.filter(List.of(), topics),
                        Parameters.parsed("after", JobCursor::parse, after),
                        limit + 1),
                limit,
                topics);
    }

    @GET
    @Path("{id}")
    @Operation(
            summary = "Shows a dead letter: the job without pixels, what its code means, what to do, and its replays")
    @APIResponse(responseCode = "200", description = "The dead letter, or the outcome that took its place")
    @APIResponse(responseCode = "404", description = "The job is no dead letter and was none")
    public DeadLetterViews.Details get(
            @Parameter(description = "Id of the job, or unreadable:topic:partition:offset") @PathParam("id")
                    String id) {
        return letters.details(Parameters.id("id", id))
                .map(DeadLetterViews.Details::of)
                .orElseThrow(() -> Problem.notFound("No dead letter of such a job, now or before")
                        .exception());
    }

    @POST
    @RolesAllowed(Roles.OPERATE)
    @Path("replay")
    @Operation(
            summary = "Says which dead letters would be replayed, and with yes replays them",
            description =
                    "A replayed job gets a number, and its new outcome takes the place of the dead letter, which is kept."
                            + " Nothing is replayed twice by accident: what is under way is refused until it has an outcome, or"
                            + " with again. A message that could not be read is sent again byte for byte; that is worth it only"
                            + " once the workers read what they could not read before, and its answer stands under its new"
                            + " position.")
    @APIResponse(
            responseCode = "200",
            description = "What was replayed or would be, and what cannot be, with the reason")
    @APIResponse(responseCode = "400", description = "A parameter is not valid, or nothing is chosen")
    @APIResponse(
            responseCode = "503",
            description = "Others are replaying, or the broker or the database is away; what was sent is under way")
    public DeadLetterViews.Replay replay(
            @Parameter(description = "A job or an unreadable message; may be repeated") @QueryParam("id")
                    List<String> ids,
            @Parameter(description = "Every dead letter, if nothing else is chosen")
                    @QueryParam("all")
                    @DefaultValue("false")
                    boolean all,
            @Parameter(description = "Do it") @QueryParam("yes") @DefaultValue("false") boolean yes,
            @Parameter(description = "Also those that are under way, for messages that were lost")
                    @QueryParam("again")
                    @DefaultValue("false")
                    boolean again,
            @Parameter(description = "Who asks for it, kept with the replay") @QueryParam("by") @DefaultValue("http")
                    String by,
            @Parameter(description = "Most dead letters, 1 to 1000, the newest of the choice, refused ones included")
                    @QueryParam("limit")
                    @DefaultValue("1000")
                    int limit,
            @BeanParam DeadLetterParameters chosen) {
        ids.forEach(id -> Parameters.id("id", id));
        DeadLetterFilter choice = chosen.filter(ids, topics);
        if (choice.equals(DeadLetterFilter.ALL) && !all) {
            throw Problem.badParameter("Nothing is chosen; all=true means every dead letter")
                    .exception();
        }
        int most = Parameters.between("limit", 1, MAX_REPLAYS, limit);
        ReplayOrder order = Parameters.parsed("by", name -> new ReplayOrder(yes, again, name, most), Optional.of(by))
                .orElseThrow();
        return turnstile.pass(() -> replay(choice, order));
    }

    private DeadLetterViews.Replay replay(DeadLetterFilter choice, ReplayOrder order) {
        ReplayTally tally = new ReplayTally();
        List<ReplayLine> lines = new ArrayList<>();
        boolean more = replayer.replay(choice, order, line -> {
            tally.add(line);
            lines.add(line);
        });
        return DeadLetterViews.Replay.of(!order.send(), tally, more, lines);
    }
}
