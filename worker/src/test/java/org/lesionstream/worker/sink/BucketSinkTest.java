package org.lesionstream.worker.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.Failures.assertFails;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.decode.source.S3Objects;
import org.lesionstream.worker.decode.source.S3Settings;
import org.lesionstream.worker.testing.StubServer;

class BucketSinkTest {
    private final Map<String, byte[]> stored = new ConcurrentHashMap<>();
    private StubServer server;
    private S3Objects objects;
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer(exchange -> {
            byte[] content = exchange.getRequestBody().readAllBytes();
            if (status == 200) {
                stored.put(
                        exchange.getRequestMethod() + " "
                                + exchange.getRequestURI().getPath() + " "
                                + exchange.getRequestHeaders().getFirst("Content-Type"),
                        content);
            }
            StubServer.send(exchange, status, "application/xml", new byte[0]);
        });
        objects = new S3Objects(
                new S3Settings(
                        List.of("results"),
                        Optional.of(server.origin()),
                        "us-east-1",
                        Optional.of(new S3Settings.Keys("known", "secret")),
                        Duration.ofSeconds(30)),
                1000);
    }

    @AfterEach
    void stop() {
        objects.close();
        server.close();
    }

    private BucketSink at(String location) {
        return new BucketSink(
                objects, S3Objects.Address.of(URI.create(location)).orElseThrow());
    }

    @Test
    void writesBelowThePrefix() {
        ResultFile file = new ResultFile("c-1.png", ResultFile.PNG, new byte[] {1, 2, 3});

        at("s3://results").put("c/lesion@1", List.of(file));
        at("s3://results/ward/7").put("c/lesion@1", List.of(file));

        assertThat(stored)
                .containsOnlyKeys(
                        "PUT /results/c/lesion@1/c-1.png image/png", "PUT /results/ward/7/c/lesion@1/c-1.png image/png")
                .allSatisfy((key, content) -> assertThat(content).isEqualTo(file.content()));
    }

    @Test
    void mayBeTriedAgainWhateverTheStoreSays() {
        ResultFile file = new ResultFile("c-1.png", ResultFile.PNG, new byte[] {1});
        for (int refusal : List.of(403, 404, 500)) {
            status = refusal;
            assertFails(FailureCode.RESULT_SINK_UNAVAILABLE, "sink", () -> at("s3://results")
                    .put("c", List.of(file)));
        }
        assertFails(FailureCode.RESULT_SINK_UNAVAILABLE, "sink", () -> at("s3://others")
                .put("c", List.of(file)));
    }
}
