package org.lesionstream.worker.decode.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lesionstream.worker.testing.Failures.assertFails;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.schemas.image.DecodeLimits;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.testing.StubServer;

class HttpSourceTest {
    private static final String WHERE = "/image/uri";
    private static final byte[] CONTENT = {1, 2, 3, 4, 5};
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void fetchesWhatLiesOnAServerOfTheList() throws IOException {
        try (StubServer server = new StubServer(exchange -> StubServer.send(exchange, 200, "image/png", CONTENT))) {
            HttpSource source = source(server, Optional.of("Bearer secret"), SOON);

            assertThat(source.read(server.origin().resolve("/a/b.png?signature=x"), WHERE))
                    .isEqualTo(CONTENT);
            assertThat(server.asked()).containsExactly("/a/b.png?signature=x */* Bearer secret");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "301, SOURCE_NOT_ALLOWED",
        "401, SOURCE_NOT_ALLOWED",
        "403, SOURCE_NOT_ALLOWED",
        "404, SOURCE_NOT_FOUND",
        "410, SOURCE_NOT_FOUND",
        "429, SOURCE_UNREADABLE",
        "500, SOURCE_UNREADABLE",
        "503, SOURCE_UNREADABLE"
    })
    void tellsWhatIsWorthAnotherAttempt(int status, FailureCode code) throws IOException {
        try (StubServer server = new StubServer(exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            StubServer.send(exchange, status, "text/plain", new byte[100]);
        })) {
            assertFails(code, WHERE, () -> source(server).read(server.origin().resolve("/a.png"), WHERE));
            assertThat(server.asked()).as("no redirect is followed").hasSize(1);
        }
    }

    @Test
    void asksNobodyElse() throws IOException {
        try (StubServer server = new StubServer(exchange -> StubServer.send(exchange, 200, "image/png", CONTENT))) {
            HttpSource source = source(server);
            int port = server.origin().getPort();
            for (String location : List.of(
                    "http://localhost:" + port + "/a.png", // the same machine under another name
                    "https://127.0.0.1:" + port + "/a.png",
                    "http://127.0.0.1:" + (port + 1) + "/a.png",
                    "http://user@127.0.0.1:" + port + "/a.png",
                    "http://127.0.0.1/a.png",
                    "http:opaque")) {
                assertFails(FailureCode.SOURCE_NOT_ALLOWED, WHERE, () -> source.read(URI.create(location), WHERE));
            }
            assertThat(server.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "fe80::1", "fd00:ec2::254", "100.100.100.200", "0.0.0.0", "224.0.0.1"})
    void neverAsksAnAddressThatIsNoServerOfPictures(String address) throws IOException {
        assertThat(HttpDoor.forbidden(InetAddress.getByName(address))).isTrue();
        String host = address.contains(":") ? "[" + address + "]" : address;
        URI origin = URI.create("http://" + host);
        HttpSource source = new HttpSource(new HttpSettings(List.of(origin), Optional.empty(), SOON), limits(10));

        assertFails(
                FailureCode.SOURCE_NOT_ALLOWED, WHERE, () -> source.read(origin.resolve("/latest/meta-data"), WHERE));
    }

    @Test
    void countsTheBytesThatComeAndNotThoseThatAreAnnounced() throws IOException {
        try (StubServer server = new StubServer(exchange -> {
            exchange.sendResponseHeaders(200, 0); // chunked: no length is given
            for (int i = 0; i < 1000; i++) {
                exchange.getResponseBody().write(new byte[1000]);
            }
        })) {
            HttpSource source = new HttpSource(settings(server, Optional.empty(), SOON), limits(5000));

            assertFails(
                    FailureCode.TOO_MANY_BYTES,
                    WHERE,
                    () -> source.read(server.origin().resolve("/a"), WHERE));
        }
    }

    @Test
    void givesUpOnAServerThatDoesNotComeToAnEnd() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        try (StubServer server = new StubServer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            HttpSource source = source(server, Optional.empty(), Duration.ofMillis(300));

            assertFails(
                    FailureCode.SOURCE_UNREADABLE,
                    WHERE,
                    () -> source.read(server.origin().resolve("/a"), WHERE));
        } finally {
            end.countDown();
        }
    }

    @Test
    void saysThatAServerIsAway() throws IOException {
        URI origin;
        HttpSource source;
        try (StubServer server = new StubServer(exchange -> {})) {
            origin = server.origin();
            source = source(server);
        }

        assertFails(FailureCode.SOURCE_UNREADABLE, WHERE, () -> source.read(origin.resolve("/a"), WHERE));
    }

    @Test
    void refusesOriginsThatAreMoreOrLess() {
        for (String origin : List.of("ftp://host", "https://host/path", "https://user@host", "host:80")) {
            assertThatThrownBy(() -> new HttpSettings(List.of(URI.create(origin)), Optional.empty(), SOON))
                    .hasMessageStartingWith("origin must be http(s)://host");
        }
        assertThatThrownBy(() -> new HttpSettings(List.of(), Optional.empty(), Duration.ZERO))
                .hasMessage("timeout must be positive, was PT0S");
        assertThat(new HttpSettings(List.of(), Optional.of("Bearer secret"), SOON).toString())
                .doesNotContain("secret");
    }

    private static HttpSource source(StubServer server) {
        return source(server, Optional.empty(), SOON);
    }

    private static HttpSource source(StubServer server, Optional<String> authorization, Duration timeout) {
        return new HttpSource(settings(server, authorization, timeout), limits(1 << 20));
    }

    private static HttpSettings settings(StubServer server, Optional<String> authorization, Duration timeout) {
        return new HttpSettings(List.of(server.origin()), authorization, timeout);
    }

    private static DecodeLimits limits(long maxBytes) {
        return new DecodeLimits(maxBytes, 1000, 4);
    }
}
