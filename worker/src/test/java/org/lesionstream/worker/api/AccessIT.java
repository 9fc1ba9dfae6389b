package org.lesionstream.worker.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lesionstream.worker.testing.SampleJob.aJob;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.jwt.util.KeyUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.local.WorkerProcess;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.testing.TestDatabase;
import org.lesionstream.worker.testing.TokenIssuer;

/** Who may do what over HTTP, of the packaged worker as it runs in production: with signed tokens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessIT {
    private static final Path PACKAGED = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final List<String> ROLES = List.of("submit", "read", "operate");
    private static final int MAX_MESSAGE_BYTES = 100_000;
    private static final int BURST = 3;

    @TempDir
    private static Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final TokenIssuer issuer = new TokenIssuer();

    private LocalBroker broker;
    private TestDatabase database;
    private WorkerProcess worker;

    /** One operation of the interface. */
    private record Operation(String method, String path) {}

    @BeforeAll
    void start() throws IOException {
        broker = LocalBroker.start(folder.resolve("kafka"));
        database = TestDatabase.start();
        Map<String, String> environment = new HashMap<>(environment());
        environment.putAll(issuer.trustedBy(folder.resolve("issuer.pem")));
        environment.put("LESIONSTREAM_TOPICS_MAX_MESSAGE_BYTES", String.valueOf(MAX_MESSAGE_BYTES));
        environment.put("LESIONSTREAM_API_SUBMIT_RATE", "1");
        environment.put("LESIONSTREAM_API_SUBMIT_BURST", String.valueOf(BURST));
        worker = WorkerProcess.start(PACKAGED, environment, folder.resolve("worker.log"));
        worker.awaitReady(SOON);
    }

    @AfterAll
    void stop() throws Exception {
        if (worker != null) {
            worker.close();
        }
        if (database != null) {
            database.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void refusesEveryOperationWithoutAToken() throws Exception {
        for (Operation operation : operations()) {
            HttpResponse<String> answer = send(operation, Optional.empty());

            JsonNode problem = assertProblem(answer, 401, "NO_TOKEN");
            assertThat(problem.get("title").textValue()).isEqualTo("This needs a bearer token");
            assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
        }
    }

    @Test
    void grantsEveryOperationToTheRoleForItAlone() throws Exception {
        for (Operation operation : operations()) {
            String needed = role(operation);
            for (String role : ROLES) {
                HttpResponse<String> answer = send(operation, Optional.of(issuer.token("ann-" + role, role)));

                if (role.equals(needed)) {
                    assertThat(answer.statusCode())
                            .as("%s with %s", operation, role)
                            .isNotIn(401, 403, 500);
                } else {
                    JsonNode problem = assertProblem(answer, 403, "MISSING_ROLE");
                    assertThat(problem.get("title").textValue())
                            .isEqualTo("This needs a token with the role " + needed);
                    assertThat(answer.headers().firstValue("www-authenticate"))
                            .contains("Bearer error=\"insufficient_scope\"");
                }
            }
            assertProblem(send(operation, Optional.of(issuer.token("ann"))), 403, "MISSING_ROLE");
        }
    }

    @Test
    void believesNoTokenButItsIssuersForItselfAndNow() throws Exception {
        String good = issuer.token("ann", "read");
        String[] parts = good.split("\\.", -1);
        String unsigned = encoded("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + parts[1] + ".";
        Map<String, String> tokens = new HashMap<>();
        tokens.put("not a token", "nonsense");
        tokens.put("unsigned", unsigned);
        tokens.put(
                "changed after signing",
                parts[0] + "." + encoded(decoded(parts[1]).replace("read", "operate")) + "." + parts[2]);
        tokens.put("of another key", TokenIssuer.claims("ann", "read").sign(new TokenIssuer().privateKey()));
        tokens.put(
                "signed with the public key as a secret",
                TokenIssuer.claims("ann", "read").sign(KeyUtils.createSecretKeyFromSecret(issuer.publicKey())));
        tokens.put(
                "of another issuer",
                TokenIssuer.claims("ann", "read").issuer("https://other.test").sign(issuer.privateKey()));
        tokens.put(
                "for another system",
                TokenIssuer.claims("ann", "read").audience("billing").sign(issuer.privateKey()));
        tokens.put(
                "too old",
                TokenIssuer.claims("ann", "read")
                        .issuedAt(Instant.EPOCH)
                        .expiresAt(Instant.EPOCH.plusSeconds(60))
                        .sign(issuer.privateKey()));
        assertThat(send(new Operation("GET", "/api/checkpoints"), Optional.of(good))
                        .statusCode())
                .isEqualTo(200);

        for (Map.Entry<String, String> token : tokens.entrySet()) {
            HttpResponse<String> answer = send(new Operation("GET", "/api/checkpoints"), Optional.of(token.getValue()));

            assertThat(answer.statusCode()).as(token.getKey()).isEqualTo(401);
            assertProblem(answer, 401, "INVALID_TOKEN");
            assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer error=\"invalid_token\"");
        }
    }

    @Test
    void asksNobodyAtProbesMetricsAndDescription() throws Exception {
        for (String path :
                List.of("/q/health/started", "/q/health/live", "/q/health/ready", "/q/metrics", "/q/openapi")) {
            assertThat(send(new Operation("GET", path), Optional.empty()).statusCode())
                    .as(path)
                    .isEqualTo(200);
            assertThat(send(new Operation("GET", path), Optional.of("nonsense")).statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
    }

    @Test
    void sendsAwayACallerWhoSubmitsTooManyAndNobodyElse() throws Exception {
        String hasty = issuer.token("hasty", "submit");

        List<HttpResponse<String>> answers = new ArrayList<>();
        for (int number : IntStream.rangeClosed(1, 20 * BURST).toArray()) {
            answers.add(submit(hasty, BodyPublishers.ofByteArray(job("hasty-" + number))));
        }

        assertThat(answers.subList(0, BURST))
                .extracting(HttpResponse::statusCode)
                .containsOnly(202);
        HttpResponse<String> refused = answers.stream()
                .filter(answer -> answer.statusCode() != 202)
                .findFirst()
                .orElseThrow();
        assertProblem(refused, 429, "TOO_MANY_JOBS");
        assertThat(refused.headers().firstValue("retry-after")).contains("1");
        assertThat(submit(issuer.token("patient", "submit"), BodyPublishers.ofByteArray(job("patient-1")))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void refusesABodyThatNoMessageHolds() throws Exception {
        byte[] much = new byte[MAX_MESSAGE_BYTES + 1];
        byte[] veryMuch = new byte[20 << 20];

        assertProblem(
                submit(issuer.token("long-1", "submit"), BodyPublishers.ofByteArray(much)), 413, "MESSAGE_TOO_LARGE");
        assertProblem(
                submit(
                        issuer.token("long-2", "submit"),
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(much))),
                413,
                "MESSAGE_TOO_LARGE");
        assertProblem(
                submit(issuer.token("long-3", "submit"), BodyPublishers.ofByteArray(veryMuch)),
                413,
                "MESSAGE_TOO_LARGE");
        assertProblem(
                submit(
                        issuer.token("long-4", "submit"),
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(veryMuch))),
                413,
                "MESSAGE_TOO_LARGE");
        assertThat(worker.isReady()).isTrue();
    }

    @Test
    void doesNotStartWithoutAKeyUnlessToldSo() throws IOException {
        Map<String, String> environment = new HashMap<>(environment());
        environment.remove("LESIONSTREAM_API_AUTHENTICATION");
        Path log = folder.resolve("keyless.log");

        try (WorkerProcess keyless = WorkerProcess.start(PACKAGED, environment, log)) {
            assertThatThrownBy(() -> keyless.awaitReady(SOON)).isInstanceOf(IllegalStateException.class);
            assertThat(keyless.isAlive()).isFalse();
        }

        assertThat(Files.readString(log))
                .contains("no key to verify tokens with")
                .contains("MP_JWT_VERIFY_PUBLICKEY_LOCATION")
                .contains("LESIONSTREAM_API_AUTHENTICATION=off");
    }

    private Map<String, String> environment() throws IOException {
        Map<String, String> environment = new HashMap<>(WorkerProcess.connectedTo(broker, database.server()));
        environment.put(
                "LESIONSTREAM_CHECKPOINTS_STORE",
                Files.createDirectories(folder.resolve("store")).toString());
        environment.put("LESIONSTREAM_TOPICS_PARTITIONS", "1");
        return environment;
    }

    /** Everything that the worker's own description lists below {@code /api}. */
    private List<Operation> operations() throws Exception {
        JsonNode paths = json.readTree(send(new Operation("GET", "/q/openapi?format=json"), Optional.empty())
                        .body())
                .get("paths");
        List<Operation> operations = new ArrayList<>();
        paths.properties().forEach(path -> path.getValue().properties().forEach(method -> {
            if (path.getKey().startsWith("/api/")) {
                operations.add(new Operation(
                        method.getKey().toUpperCase(Locale.ROOT), path.getKey().replace("{id}", "nobody")));
            }
        }));
        assertThat(operations)
                .contains(
                        new Operation("POST", "/api/jobs"),
                        new Operation("GET", "/api/lesions.csv"),
                        new Operation("POST", "/api/dead-letters/replay"));
        return operations;
    }

    private static String role(Operation operation) {
        return switch (operation.method() + " " + operation.path()) {
            case "POST /api/jobs" -> "submit";
            case "POST /api/dead-letters/replay" -> "operate";
            default -> "read";
        };
    }

    private static byte[] job(String id) {
        return new MessageCodec().write(aJob(id).by("nobody@7").job());
    }

    private HttpResponse<String> submit(String token, BodyPublisher body) throws IOException, InterruptedException {
        return http.send(request("/api/jobs", Optional.of(token)).POST(body).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(Operation operation, Optional<String> token)
            throws IOException, InterruptedException {
        BodyPublisher body =
                operation.method().equals("POST") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody();
        return http.send(
                request(operation.path(), token)
                        .method(operation.method(), body)
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, Optional<String> token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(worker.address().resolve(path))
                .timeout(SOON)
                .header("Content-Type", "application/json");
        token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
        return request;
    }

    private JsonNode assertProblem(HttpResponse<String> answer, int status, String code) throws IOException {
        assertThat(answer.statusCode())
                .as("%s %s", answer.request(), answer.body())
                .isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith(Problem.MEDIA_TYPE);
        JsonNode problem = json.readTree(answer.body());
        assertThat(problem.get("code").textValue()).isEqualTo(code);
        return problem;
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static String decoded(String text) {
        return new String(Base64.getUrlDecoder().decode(text), UTF_8);
    }
}
