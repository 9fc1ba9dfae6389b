package org.lesionstream.worker.sink;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.decode.source.HttpDoor;
import org.lesionstream.worker.failure.SegmentationException;

/**
 * An archive that speaks DICOMweb, by STOW-RS (PS3.18, section 10.5). All objects of a case go in one request.
 *
 * <p>UIDs follow from case, pictures and checkpoint, so an archive that gets a case again has nothing new, or puts it in the place of the former. One that
 * keeps the former answers as if it had taken the new; that is no loss, since both hold the same.
 */
public final class ArchiveSink implements ResultSink {
    private static final String WHERE = "sink";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    /** Of the request as a whole; the objects themselves were not looked at, or may be taken later. */
    private static final Set<Integer> OPERATORS_MATTER = Set.of(401, 403, 404, 405, 407, 408, 429);

    private static final int SERVER_ERROR = 500;

    private static final String FAILED_SOP_SEQUENCE = "00081198";
    private static final String FAILURE_REASON = "00081197";
    /** Refused, out of resources (PS3.18, table I.2-2): the first of 256 reasons. */
    private static final int OUT_OF_RESOURCES = 0xA700;

    private final HttpDoor door;
    private final URI studies;

    /** @param service address of the service, such as {@code https://pacs.example.org/dicom-web} */
    public ArchiveSink(HttpDoor door, URI service) {
        this.door = door;
        this.studies = URI.create(service.toString().replaceFirst("/+$", "") + "/studies");
    }

    @Override
    public boolean takes(String mediaType) {
        return mediaType.equals(ResultFile.DICOM);
    }

    @Override
    public void put(String folder, List<ResultFile> files) {
        String boundary = boundary(files);
        HttpDoor.Answer answer;
        try {
            answer = door.post(
                    studies,
                    "multipart/related; type=\"" + ResultFile.DICOM + "\"; boundary=" + boundary,
                    body(files, boundary),
                    "application/dicom+json",
                    WHERE);
        } catch (SegmentationException e) { // it did not answer, whatever the reason
            throw new SegmentationException(FailureCode.RESULT_SINK_UNAVAILABLE, WHERE, e);
        }
        check(answer);
    }

    private static void check(HttpDoor.Answer answer) {
        int status = answer.status();
        if (status >= SERVER_ERROR || OPERATORS_MATTER.contains(status)) {
            throw new SegmentationException(FailureCode.RESULT_SINK_UNAVAILABLE, WHERE);
        }
        for (JsonNode failed : failures(answer)) {
            int reason = failed.path(FAILURE_REASON).path("Value").path(0).asInt();
            throw new SegmentationException(
                    (reason & 0xFF00) == OUT_OF_RESOURCES
                            ? FailureCode.RESULT_SINK_UNAVAILABLE
                            : FailureCode.RESULT_SINK_REFUSED,
                    WHERE);
        }
        if (status != OK && status != ACCEPTED) {
            throw new SegmentationException(FailureCode.RESULT_SINK_REFUSED, WHERE);
        }
    }

    /** The objects that were not stored, as far as the answer tells; some archives say nothing beside the status. */
    private static JsonNode failures(HttpDoor.Answer answer) {
        if (!answer.contentType().contains("json")) {
            return JSON.createArrayNode();
        }
        try {
            JsonNode said = JSON.readTree(answer.body());
            JsonNode dataset = said.isArray() ? said.path(0) : said; // which some archives make of it
            return dataset.path(FAILED_SOP_SEQUENCE).path("Value");
        } catch (IOException e) {
            throw new SegmentationException(FailureCode.RESULT_SINK_UNAVAILABLE, WHERE, e);
        }
    }

    private static byte[] body(List<ResultFile> files, String boundary) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (ResultFile file : files) {
            body.writeBytes(ascii("--" + boundary + "\r\nContent-Type: " + file.mediaType() + "\r\n\r\n"));
            body.writeBytes(file.content());
            body.writeBytes(ascii("\r\n"));
        }
        body.writeBytes(ascii("--" + boundary + "--\r\n"));
        return body.toByteArray();
    }

    /** A digest of all that is sent, which therefore stands nowhere in it. */
    private static String boundary(List<ResultFile> files) {
        var digest = Digest.begun();
        files.forEach(file -> digest.update(file.content()));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
