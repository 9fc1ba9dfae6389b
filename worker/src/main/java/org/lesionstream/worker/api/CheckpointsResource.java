package org.lesionstream.worker.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.lesionstream.worker.persist.CheckpointOverview;
import org.lesionstream.worker.persist.CheckpointQueries;

/** Checkpoints that workers have served. */
@Path("/api/checkpoints")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.READ)
@Tag(name = "checkpoints")
public class CheckpointsResource {
    private final CheckpointQueries checkpoints;

    CheckpointsResource(CheckpointQueries checkpoints) {
        this.checkpoints = checkpoints;
    }

    @GET
    @Operation(
            summary =
                    "Lists every checkpoint that a worker has served, the aliases that name it now, and how far its precisions drift")
    @APIResponse(responseCode = "200", description = "Checkpoints by name, the newest version first")
    public List<CheckpointOverview> list() {
        return checkpoints.all();
    }
}
