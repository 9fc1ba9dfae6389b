package org.lesionstream.worker.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.lesionstream.worker.persist.FindingFilter;
import org.lesionstream.worker.persist.LesionExport;
import org.lesionstream.worker.publish.TopicNames;

/** All measures of all lesions, for programs that compute. */
@Path("/api/lesions.csv")
@RolesAllowed(Roles.READ)
@Tag(name = "lesions")
public class LesionsResource {
    /** Each holds a connection while its receiver reads; the pool must keep enough for the jobs. */
    private static final int EXPORTS_AT_ONCE = 2;

    private final LesionExport lesions;
    private final TopicNames topics;
    private final Turnstile turnstile = new Turnstile(EXPORTS_AT_ONCE);

    LesionsResource(LesionExport lesions, TopicNames topics) {
        this.lesions = lesions;
        this.topics = topics;
    }

    @GET
    @Produces("text/csv")
    @Operation(
            summary = "Exports lesions with all their measures, oldest first",
            description = "One line per lesion with its case, image, class and checkpoint: the columns of the view"
                    + " lesion_overview, their names in the first line (RFC 4180, UTF-8). Rows are handed over as the"
                    + " database finds them, however many there are; a receiver that takes nothing for a minute loses the"
                    + " connection.")
    @APIResponse(responseCode = "200", description = "The lesions")
    @APIResponse(responseCode = "400", description = "A parameter is not valid")
    @APIResponse(responseCode = "503", description = "Two exports are running, or the database does not answer")
    public Response export(@BeanParam FindingParameters finding) {
        FindingFilter filter = finding.filter(topics);
        StreamingOutput lines = output -> turnstile.pass(() -> {
            write(filter, output);
            return Optional.empty();
        });
        return Response.ok(lines, "text/csv; charset=utf-8; header=present")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"lesions.csv\"")
                .build();
    }

    private void write(FindingFilter filter, OutputStream output) {
        try {
            Writer writer = new BufferedWriter(new OutputStreamWriter(output, UTF_8));
            lesions.read(filter, row -> {
                try {
                    writer.write(Csv.line(row));
                } catch (IOException gone) {
                    throw new UncheckedIOException(gone);
                }
            });
            writer.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
