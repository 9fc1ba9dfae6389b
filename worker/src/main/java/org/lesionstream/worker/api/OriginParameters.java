package org.lesionstream.worker.api;

import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.lesionstream.worker.delivery.Lane;
import org.lesionstream.worker.persist.CheckpointChoice;
import org.lesionstream.worker.persist.DayOrMoment;
import org.lesionstream.worker.publish.TopicNames;

/** The parameters that tell outcomes by where they come from: lane, checkpoint and time. */
public class OriginParameters {
    @Parameter(description = "Only what came by this lane: urgent or backfill")
    @QueryParam("lane")
    Optional<String> lane;

    @Parameter(
            description =
                    "Only by this checkpoint: name, name@alias as the jobs asked, name@version, name@sha256:digest or"
                            + " a digest")
    @QueryParam("checkpoint")
    Optional<String> checkpoint;

    @Parameter(description = "Not before this day (UTC) or moment: 2026-01-31 or 2026-01-31T12:00:00Z")
    @QueryParam("from")
    Optional<String> from;

    @Parameter(description = "Up to this day (UTC), which belongs to it, or before this moment")
    @QueryParam("to")
    Optional<String> to;

    /** The topic of the lane. */
    Optional<String> topic(TopicNames topics) {
        return lane.map(word -> topics.jobs(Parameters.word("lane", Lane.class, word)));
    }

    Optional<Instant> begin() {
        return Parameters.parsed("from", DayOrMoment::from, from);
    }

    Optional<Instant> end() {
        return Parameters.parsed("to", DayOrMoment::until, to);
    }

    Optional<CheckpointChoice> checkpoint() {
        return Parameters.parsed("checkpoint", CheckpointChoice::new, checkpoint);
    }
}
