package org.lesionstream.worker.sink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.lesionstream.worker.testing.Failures.assertFails;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.decode.source.HttpDoor;
import org.lesionstream.worker.decode.source.HttpSettings;
import org.lesionstream.worker.testing.StubServer;

class ArchiveSinkTest {
    private static final String JSON = "application/dicom+json";
    private static final String STORED = "{\"00081199\":{\"vr\":\"SQ\",\"Value\":[{},{}]}}";

    private final List<ResultFile> files = List.of(
            new ResultFile("1.dcm", ResultFile.DICOM, new byte[] {0, 13, 10, '-', '-', 1}),
            new ResultFile("2.dcm", ResultFile.DICOM, new byte[] {7}));

    private StubServer server;
    private ArchiveSink sink;
    private int status = 200;
    private String type = JSON;
    private String said = STORED;
    private volatile String contentType;
    private volatile byte[] received;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer(exchange -> {
            contentType = exchange.getRequestHeaders().getFirst("Content-Type");
            received = exchange.getRequestBody().readAllBytes();
            StubServer.send(exchange, status, type, said.getBytes(UTF_8));
        });
        sink = sink(server.origin());
    }

    private static ArchiveSink sink(URI origin) {
        HttpSettings http = new HttpSettings(List.of(origin), Optional.of("Bearer word"), Duration.ofSeconds(30));
        return new ArchiveSink(new HttpDoor(http, 1000), origin.resolve("/dicom-web/"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sendsAllObjectsInOneRequest() {
        sink.put("case", files);

        assertThat(server.asked()).containsExactly("/dicom-web/studies " + JSON + " Bearer word");
        assertThat(contentType).startsWith("multipart/related; type=\"application/dicom\"; boundary=");
        String boundary = contentType.replaceAll(".*boundary=", "");
        assertThat(new String(received, ISO_8859_1))
                .isEqualTo("--" + boundary + "\r\nContent-Type: application/dicom\r\n\r\n\0\r\n--\1\r\n--" + boundary
                        + "\r\nContent-Type: application/dicom\r\n\r\n\7\r\n--" + boundary + "--\r\n");
    }

    @Test
    void takesDicomAlone() {
        assertThat(sink.takes(ResultFile.DICOM)).isTrue();
        assertThat(sink.takes(ResultFile.PNG)).isFalse();
        assertThat(sink.takes(ResultFile.NIFTI)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "401, RESULT_SINK_UNAVAILABLE",
        "403, RESULT_SINK_UNAVAILABLE",
        "404, RESULT_SINK_UNAVAILABLE",
        "429, RESULT_SINK_UNAVAILABLE",
        "500, RESULT_SINK_UNAVAILABLE",
        "503, RESULT_SINK_UNAVAILABLE",
        "302, RESULT_SINK_REFUSED",
        "400, RESULT_SINK_REFUSED",
        "409, RESULT_SINK_REFUSED",
        "415, RESULT_SINK_REFUSED"
    })
    void tellsWhatMayBeMendedFromWhatIsRefused(int answered, FailureCode code) {
        status = answered;
        type = "text/plain";
        said = "of no interest";

        assertFails(code, "sink", () -> sink.put("case", files));
    }

    /** PS3.18, table I.2-2; an archive that stored a part answers 202, and some 200. */
    @ParameterizedTest
    @CsvSource({
        "200, 49442, RESULT_SINK_REFUSED", // 0xC122: cannot understand
        "202, 272, RESULT_SINK_REFUSED", // 0x0110: processing failure
        "202, 42753, RESULT_SINK_UNAVAILABLE", // 0xA701: out of resources
        "409, 43264, RESULT_SINK_REFUSED" // 0xA900: dataset does not match SOP class
    })
    void readsWhichObjectsWereNotStored(int answered, int reason, FailureCode code) {
        status = answered;
        said = "{\"00081198\":{\"vr\":\"SQ\",\"Value\":[{\"00081197\":{\"vr\":\"US\",\"Value\":[" + reason + "]}}]}}";

        assertFails(code, "sink", () -> sink.put("case", files));
    }

    @Test
    void believesTheStatusOfAnArchiveThatSaysNothing() {
        said = "";
        type = "text/plain";
        assertThatCode(() -> sink.put("case", files)).doesNotThrowAnyException();
        status = 202; // with warnings, such as a coerced element
        assertThatCode(() -> sink.put("case", files)).doesNotThrowAnyException();
    }

    @Test
    void waitsForAnArchiveThatIsAwayOrTalksNonsense() {
        said = "{";
        assertFails(FailureCode.RESULT_SINK_UNAVAILABLE, "sink", () -> sink.put("case", files));
        said = "x".repeat(1001);
        assertFails(FailureCode.RESULT_SINK_UNAVAILABLE, "sink", () -> sink.put("case", files));
        server.close();
        assertFails(FailureCode.RESULT_SINK_UNAVAILABLE, "sink", () -> sink.put("case", files));
    }
}
