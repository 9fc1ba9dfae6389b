package org.lesionstream.worker.decode.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.Failures.assertFails;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.decode.dicom.DicomFiles;
import org.lesionstream.worker.testing.StubServer;

class S3SourceTest {
    private static final String WHERE = "/image/uri";
    private static final byte[] CONTENT = {1, 2, 3, 4, 5};

    private final Map<String, byte[]> stored = new TreeMap<>();
    private StubServer server;
    private S3Objects objects;
    private S3Source source;

    @BeforeEach
    void startStore() throws IOException {
        server = new StubServer(this::answer);
        objects = new S3Objects(
                new S3Settings(
                        List.of("images"),
                        Optional.of(server.origin()),
                        "us-east-1",
                        Optional.of(new S3Settings.Keys("known", "secret")),
                        Duration.ofSeconds(30)),
                5000);
        source = new S3Source(objects, new DecodeLimits(5000, 1000, 4));
        stored.put("/images/day 1/a.png", CONTENT);
    }

    @AfterEach
    void stopStore() {
        objects.close();
        server.close();
    }

    /** As much of the protocol as reading needs: GET of an object, and ListObjectsV2. */
    private void answer(HttpExchange exchange) throws IOException {
        URI asked = exchange.getRequestURI();
        if (asked.getPath().endsWith("/locked.png")) {
            StubServer.send(exchange, 403, "application/xml", error("AccessDenied"));
        } else if (asked.getPath().endsWith("/broken.png")) {
            StubServer.send(exchange, 500, "application/xml", error("InternalError"));
        } else if (asked.getQuery() != null && asked.getQuery().contains("list-type=2")) {
            String prefix = asked.getQuery().replaceAll(".*prefix=([^&]*).*", "$1");
            StringBuilder list = new StringBuilder("<ListBucketResult><IsTruncated>false</IsTruncated>");
            stored.keySet().stream()
                    .map(path -> path.substring("/images/".length()))
                    .filter(key -> key.startsWith(prefix))
                    .forEach(key -> list.append("<Contents><Key>").append(key).append("</Key></Contents>"));
            StubServer.send(
                    exchange,
                    200,
                    "application/xml",
                    list.append("</ListBucketResult>").toString().getBytes(UTF_8));
        } else if (stored.containsKey(asked.getPath())) {
            StubServer.send(exchange, 200, "image/png", stored.get(asked.getPath()));
        } else {
            StubServer.send(exchange, 404, "application/xml", error("NoSuchKey"));
        }
    }

    private static byte[] error(String code) {
        return ("<Error><Code>" + code + "</Code><Message>of no interest</Message></Error>").getBytes(UTF_8);
    }

    @Test
    void readsAnObjectOfAnAllowedBucketWithItsKeys() {
        assertThat(source.read(URI.create("s3://images/day%201/a.png"), WHERE)).isEqualTo(CONTENT);
        assertThat(server.asked())
                .singleElement()
                .asString()
                .startsWith("/images/day%201/a.png")
                .contains("AWS4-HMAC-SHA256 Credential=known/")
                .doesNotContain("secret");
    }

    @Test
    void tellsWhatIsWorthAnotherAttempt() {
        assertFails(
                FailureCode.SOURCE_NOT_FOUND, WHERE, () -> source.read(URI.create("s3://images/absent.png"), WHERE));
        assertFails(
                FailureCode.SOURCE_NOT_ALLOWED, WHERE, () -> source.read(URI.create("s3://images/locked.png"), WHERE));
        assertFails(
                FailureCode.SOURCE_UNREADABLE, WHERE, () -> source.read(URI.create("s3://images/broken.png"), WHERE));
    }

    @Test
    void asksForNothingOutsideOfItsBuckets() {
        for (String location : List.of(
                "s3://other/a.png",
                "s3://images",
                "s3://images/",
                "s3://images/a.png?versionId=1",
                "s3:images/a.png")) {
            assertFails(FailureCode.SOURCE_NOT_ALLOWED, WHERE, () -> source.read(URI.create(location), WHERE));
        }
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void stopsReadingAtTheLimit() {
        stored.put("/images/large.png", new byte[5001]);

        assertFails(FailureCode.TOO_MANY_BYTES, WHERE, () -> source.read(URI.create("s3://images/large.png"), WHERE));
    }

    @Test
    void putsTheSlicesOfAPrefixInOrder() {
        stored.put("/images/series/", new byte[0]);
        stored.put("/images/series/a.dcm", DicomFiles.slice(1, 5));
        stored.put("/images/series/b.dcm", DicomFiles.slice(1, 0));

        assertThat(source.images(URI.create("s3://images/series/"), WHERE).orElseThrow())
                .extracting(part -> part.uri().orElseThrow().toString())
                .containsExactly("s3://images/series/b.dcm", "s3://images/series/a.dcm");
        assertThat(source.images(URI.create("s3://images/series/a.dcm"), WHERE)).isEmpty();
    }

    @Test
    void namesKeysThatNeedEscapes() {
        S3Objects.Address address =
                S3Objects.Address.of(URI.create("s3://images/day%201/")).orElseThrow();

        assertThat(address.key()).isEqualTo("day 1/");
        assertThat(address.at("day 1/a b.png")).isEqualTo(URI.create("s3://images/day%201/a%20b.png"));
    }
}
