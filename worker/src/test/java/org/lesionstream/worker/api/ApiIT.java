package org.lesionstream.worker.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.SampleJob.CHECKPOINT;
import static org.lesionstream.worker.testing.SampleJob.aJob;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.delivery.Delivery;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.persist.PostgresResultStore;
import org.lesionstream.worker.persist.RegistrationRequest;
import org.lesionstream.worker.testing.SampleJob;
import org.lesionstream.worker.testing.TestDatabase;

/** The HTTP interface of the packaged worker, asked about rows that the test has stored. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiIT {
    private static final Duration SOON = Duration.ofSeconds(90);

    private final ObjectMapper json = new ObjectMapper();
    private final MessageCodec codec = new MessageCodec();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private static Path folder;

    private LocalBroker broker;
    private TestDatabase database;
    private WorkerProcess worker;

    @BeforeAll
    void start() throws IOException {
        broker = LocalBroker.start(folder.resolve("kafka"));
        database = TestDatabase.start();
        Files.createDirectories(folder.resolve("store"));
        Map<String, String> environment = new HashMap<>(WorkerProcess.connectedTo(broker, database.server()));
        environment.put(
                "LESIONSTREAM_CHECKPOINTS_STORE", folder.resolve("store").toString());
        environment.put("LESIONSTREAM_TOPICS_PARTITIONS", "1");
        worker = WorkerProcess.start(
                Path.of("target", "quarkus-app", "quarkus-run.jar"), environment, folder.resolve("worker.log"));
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
    void listsCasesPageByPageUnderAFilter() throws Exception {
        List<SampleJob> jobs = IntStream.rangeClosed(1, 5)
                .mapToObj(number -> aJob("listed-" + number).by("listed@7"))
                .toList();
        store(jobs.stream().<JobOutcome>map(job -> job.segmented(1)).toList());

        List<String> seen = new ArrayList<>();
        String after = "";
        int pages = 0;
        do {
            JsonNode page = ok("/api/cases?reference=listed@7&state=complete&size=2" + after);
            page.get("cases").forEach(each -> seen.add(each.get("caseId").textValue()));
            after = page.get("next").isNull()
                    ? ""
                    : "&after=" + page.get("next").textValue();
            pages++;
        } while (!after.isEmpty());

        assertThat(pages).isEqualTo(3);
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        jobs.stream().map(SampleJob::caseId).toList());
        assertThat(ok("/api/cases?reference=listed@7&state=open").get("cases")).isEmpty();
    }

    @Test
    void showsACaseWithItsResult() throws Exception {
        store(List.of(aJob("shown").segmented(2)));

        JsonNode shown = ok("/api/cases/case-of-shown");

        JsonNode details = shown.get("references").get(0);
        assertThat(details.at("/overview/state").textValue()).isEqualTo("COMPLETE");
        assertThat(details.at("/overview/createdAt").isTextual()).isTrue();
        assertThat(details.at("/result/lesionCount").intValue()).isEqualTo(2);
        assertThat(details.at("/jobs/0/jobId").textValue()).isEqualTo("shown");
    }

    @Test
    void showsAJobWithAllItsLesionsAndItsMask() throws Exception {
        JobOutcome.Segmented many = aJob("masked").segmented(300);
        store(List.of(many));

        JsonNode shown = ok("/api/jobs/masked");
        assertThat(shown.at("/outcome").textValue()).isEqualTo("SEGMENTED");
        assertThat(codec.readResult(json.writeValueAsBytes(shown.get("answer"))))
                .isEqualTo(many.result());
        assertThat(shown.get("lesions")).hasSize(300);
        assertThat(shown.at("/lesions/0/areaSquareMillimetres").doubleValue()).isEqualTo(1.0);

        HttpResponse<byte[]> mask =
                http.send(request("/api/jobs/masked/mask.png").build(), BodyHandlers.ofByteArray());
        assertThat(mask.statusCode()).isEqualTo(200);
        assertThat(mask.body()).isEqualTo(many.maskPng());
        assertThat(mask.headers().firstValue("content-type")).contains("image/png");
        assertThat(mask.headers().firstValue("etag"))
                .contains("\"" + many.result().mask().sha256() + "\"");
    }

    @Test
    void showsADeadLetterAndNoMaskOfIt() throws Exception {
        store(List.of(aJob("dead").deadLettered(FailureCode.IMAGE_DAMAGED)));

        assertThat(ok("/api/jobs/dead").at("/answer/code").textValue()).isEqualTo("IMAGE_DAMAGED");
        assertProblem(send(request("/api/jobs/dead/mask.png")), 404, "NOT_FOUND");
    }

    @Test
    void saysWhatItDoesNotKnow() throws Exception {
        for (String path : List.of("/api/jobs/nobody", "/api/jobs/nobody/mask.png", "/api/cases/nobody")) {
            assertProblem(send(request(path)), 404, "NOT_FOUND");
        }
    }

    @Test
    void refusesParametersThatCannotBeMeantWithoutRepeatingThem() throws Exception {
        for (String path : List.of(
                "/api/jobs/DOE%5EJANE",
                "/api/cases/DOE%5EJANE",
                "/api/cases?state=DOE%5EJANE",
                "/api/cases?reference=DOE%5EJANE",
                "/api/cases?after=DOE%5EJANE",
                "/api/cases?size=0",
                "/api/cases?size=501")) {
            HttpResponse<String> answer = send(request(path));
            assertProblem(answer, 400, "BAD_PARAMETER");
            assertThat(answer.body()).doesNotContain("JANE");
        }
    }

    @Test
    void putsAValidJobOnKafkaAndNamesThePlaceOfItsOutcome() throws Exception {
        byte[] job = codec.write(aJob("submitted").by("nobody@7").job());

        HttpResponse<String> accepted = send(request("/api/jobs?lane=backfill").POST(BodyPublishers.ofByteArray(job)));

        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        assertThat(json.readTree(accepted.body()).get("topic").textValue()).isEqualTo("image-jobs-backfill");
        String location = accepted.headers().firstValue("location").orElseThrow();
        assertThat(location).endsWith("/api/jobs/submitted");
        assertThat(awaitOk("/api/jobs/submitted").at("/answer/code").textValue())
                .isEqualTo("CHECKPOINT_UNKNOWN");
    }

    @Test
    void refusesAJobThatBreaksItsContractAndNamesThePlace() throws Exception {
        String job = new String(codec.write(aJob("refused").job()), UTF_8);

        JsonNode unknownField = assertProblem(
                send(request("/api/jobs")
                        .POST(BodyPublishers.ofString(
                                job.replace("\"case\":{", "\"case\":{\"patientName\":\"DOE^JANE\",")))),
                400,
                "SCHEMA_VIOLATION");
        assertThat(unknownField.get("pointer").textValue()).isEqualTo("/case");
        assertThat(unknownField.toString()).doesNotContain("JANE", "patientName");
        assertProblem(send(request("/api/jobs").POST(BodyPublishers.ofString("{"))), 400, "INVALID_JSON");
        assertProblem(send(request("/api/jobs?lane=slow").POST(BodyPublishers.ofString(job))), 400, "BAD_PARAMETER");
    }

    @Test
    void listsCheckpoints() throws Exception {
        assertThat(ok("/api/checkpoints").isArray()).isTrue();
    }

    @Test
    void describesItself() throws Exception {
        JsonNode document =
                json.readTree(send(request("/q/openapi?format=json")).body());

        assertThat(document.get("paths").fieldNames())
                .toIterable()
                .contains(
                        "/api/cases",
                        "/api/cases/{id}",
                        "/api/jobs",
                        "/api/jobs/{id}",
                        "/api/jobs/{id}/mask.png",
                        "/api/checkpoints");
        document.get("paths")
                .forEach(path -> path.forEach(operation ->
                        assertThat(operation.path("summary").textValue()).isNotBlank()));
    }

    private void store(List<JobOutcome> outcomes) {
        PostgresResultStore store = new PostgresResultStore(database.source(), codec);
        store.register(outcomes.stream()
                .flatMap(outcome -> delivery(outcome).stream())
                .map(delivery -> new RegistrationRequest(delivery.job(), Optional.of(CHECKPOINT)))
                .toList());
        store.save(outcomes);
    }

    private static Optional<Delivery> delivery(JobOutcome outcome) {
        if (outcome instanceof JobOutcome.Segmented segmented) {
            return Optional.of(segmented.delivery());
        }
        return outcome instanceof JobOutcome.DeadLettered letter ? letter.delivery() : Optional.empty();
    }

    private JsonNode assertProblem(HttpResponse<String> answer, int status, String code) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith(Problem.MEDIA_TYPE);
        JsonNode problem = json.readTree(answer.body());
        assertThat(problem.get("code").textValue()).isEqualTo(code);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        return problem;
    }

    private JsonNode ok(String path) throws Exception {
        HttpResponse<String> answer = send(request(path));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    /** Asks until the answer is there; the worker is at work meanwhile. */
    private JsonNode awaitOk(String path) throws Exception {
        long limit = System.nanoTime() + SOON.toNanos();
        HttpResponse<String> answer = send(request(path));
        while (answer.statusCode() == 404 && System.nanoTime() < limit) {
            answer = send(request(path));
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(worker.address().resolve(path))
                .timeout(SOON)
                .header("Content-Type", "application/json");
    }
}
