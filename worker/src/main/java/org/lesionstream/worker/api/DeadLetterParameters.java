package org.lesionstream.worker.api;

import jakarta.ws.rs.QueryParam;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.FailureType;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.persist.CheckpointChoice;
import org.lesionstream.worker.persist.DayOrMoment;
import org.lesionstream.worker.persist.DeadLetterFilter;
import org.lesionstream.worker.publish.TopicNames;

/** The parameters by which dead letters are asked for and replayed. */
public class DeadLetterParameters {
    @Parameter(description = "Only with this code, such as SOURCE_NOT_FOUND; may be repeated")
    @QueryParam("code")
    List<String> codes;

    @Parameter(description = "Only with codes of this type: input, transient, internal or expired")
    @QueryParam("type")
    Optional<String> type;

    @Parameter(description = "Only what came by this lane: urgent or backfill")
    @QueryParam("lane")
    Optional<String> lane;

    @Parameter(
            description =
                    "Only for this checkpoint: name, name@alias as the jobs asked, name@version, name@sha256:digest or a"
                            + " digest")
    @QueryParam("checkpoint")
    Optional<String> checkpoint;

    @Parameter(description = "Only of this case")
    @QueryParam("case")
    Optional<String> caseId;

    @Parameter(description = "Not before this day (UTC) or moment: 2026-01-31 or 2026-01-31T12:00:00Z")
    @QueryParam("from")
    Optional<String> from;

    @Parameter(description = "Up to this day (UTC), which belongs to it, or before this moment")
    @QueryParam("to")
    Optional<String> to;

    DeadLetterFilter filter(List<String> ids, TopicNames topics) {
        Set<FailureCode> wanted = new HashSet<>();
        codes.forEach(text -> Parameters.parsed("code", FailureCode::valueOf, Optional.of(text))
                .ifPresent(wanted::add));
        return new DeadLetterFilter(
                ids,
                wanted,
                type.map(word -> Parameters.word("type", FailureType.class, word)),
                Parameters.parsed("from", DayOrMoment::from, from),
                Parameters.parsed("to", DayOrMoment::until, to),
                Parameters.parsed("checkpoint", CheckpointChoice::new, checkpoint),
                caseId.map(id -> Parameters.id("case", id)),
                lane.map(word -> topics.jobs(Parameters.word("lane", Lane.class, word))));
    }
}
