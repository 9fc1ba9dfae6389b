package org.lesionstream.worker.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.schemas.image.PixelGrid;
import org.lesionstream.schemas.lesion.LesionShape;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.FailureType;
import org.lesionstream.schemas.message.ImageSource;
import org.lesionstream.worker.decode.DecodedImage;
import org.lesionstream.worker.decode.ImagePreparer;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.persist.JobDetails;
import org.lesionstream.worker.persist.JobQueries;
import org.lesionstream.worker.persist.SourcePicture;
import org.lesionstream.worker.persist.SourceQueries;
import org.lesionstream.worker.persist.StoredMask;

/**
 * What was found, drawn on the picture itself, which is fetched again under the rules that hold for jobs: only from the allowed folders,
 * within the limits, and only if it still is the picture that was segmented.
 */
@Path("/api/jobs/{id}/overlay.png")
@RolesAllowed(Roles.READ)
@Tag(name = "jobs")
public class OverlaysResource {
    /** A picture of 50 megapixels takes hundreds of megabytes. */
    private static final int OVERLAYS_AT_ONCE = 2;

    private final JobQueries jobs;
    private final SourceQueries sources;
    private final ImagePreparer preparer;
    private final Turnstile turnstile = new Turnstile(OVERLAYS_AT_ONCE);

    OverlaysResource(JobQueries jobs, SourceQueries sources, ImagePreparer preparer) {
        this.jobs = jobs;
        this.sources = sources;
        this.preparer = preparer;
    }

    @GET
    @Produces("image/png")
    @Operation(
            summary = "Draws the outlines of the mask on the picture of a job",
            description =
                    "One colour per class; the longest diameter of each lesion in white where it was measured. A picture"
                            + " of 16 bits is shown from its 1st to its 99th percentile.")
    @APIResponse(responseCode = "200", description = "The overlay")
    @APIResponse(
            responseCode = "404",
            description =
                    "The job has no mask, or none yet; or its picture is not at its place any more, or not in a place"
                            + " that this worker may read",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "409", description = "Another picture lies there now than the one that was segmented")
    @APIResponse(
            responseCode = "410",
            description =
                    "The picture came inside the job or as several files and was not kept, or the mask was dropped")
    @APIResponse(responseCode = "503", description = "Two overlays are being drawn, or the place does not answer")
    public Response get(
            @Parameter(description = "Id of the job") @PathParam("id") String id,
            @Parameter(description = "Most pixels along the longer side, 64 to 4096; nothing is scaled up")
                    @QueryParam("size")
                    @DefaultValue("1024")
                    int size) {
        String job = Parameters.id("id", id);
        int longerSide = Parameters.between("size", 64, 4096, size);
        SourcePicture source = sources.ofJob(job)
                .orElseThrow(() ->
                        Problem.notFound("No mask of such a job, or none yet").exception());
        StoredMask mask = jobs.mask(job)
                .orElseThrow(() -> problem(Status.GONE, "MASK_DROPPED", "The mask of this job was dropped")
                        .exception());
        return Response.ok(turnstile.pass(() -> paint(job, source, mask, longerSide)))
                .build();
    }

    private byte[] paint(String job, SourcePicture source, StoredMask stored, int longerSide) {
        PixelGrid picture = picture(source);
        LabelMask mask = MaskPng.decode(stored.png());
        if (picture.height() != mask.height() || picture.width() != mask.width()) {
            throw problem(Status.CONFLICT, FailureCode.IMAGE_NOT_SUITABLE.name(), "Picture and mask differ in size")
                    .exception();
        }
        List<LesionShape.DiameterEnds> diameters = jobs.job(job).map(JobDetails::lesions).orElse(List.of()).stream()
                .flatMap(lesion -> lesion.shape().stream())
                .map(LesionShape::longest)
                .toList();
        return OverlayPainter.png(picture, mask, diameters, longerSide);
    }

    private PixelGrid picture(SourcePicture source) {
        ImageSource wanted = new ImageSource(
                Optional.of(source.location().orElseThrow(() -> problem(
                                Status.GONE,
                                "SOURCE_NOT_KEPT",
                                "The picture came inside the job or as several files, and is not kept")
                        .exception())),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of(source.sha256()),
                source.frame());
        try {
            if (preparer.prepare(wanted) instanceof DecodedImage image) {
                return image.grid();
            }
            throw problem(Status.CONFLICT, FailureCode.MANY_IMAGES.name(), "The source holds many pictures")
                    .exception();
        } catch (SegmentationException failure) {
            if (failure.code() == FailureCode.CHECKSUM_MISMATCH) {
                throw problem(
                                Status.CONFLICT,
                                failure.code().name(),
                                "Another picture lies there now than the one that was segmented")
                        .exception(failure);
            }
            if (failure.code().type() == FailureType.INPUT) {
                throw problem(
                                Status.NOT_FOUND,
                                failure.code().name(),
                                "The picture is not there any more, or not where this worker may read")
                        .exception(failure);
            }
            throw failure;
        }
    }

    private static Problem problem(Status status, String code, String title) {
        return new Problem(title, status.getStatusCode(), code, Optional.empty());
    }
}
