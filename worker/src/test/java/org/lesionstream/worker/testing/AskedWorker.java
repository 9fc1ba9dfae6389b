package org.lesionstream.worker.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.SampleJob.CHECKPOINT;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.local.WorkerProcess;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.delivery.JobOutcome;
import org.lesionstream.worker.persist.PostgresResultStore;
import org.lesionstream.worker.persist.RegistrationRequest;

/** The packaged worker over a real broker and a real database, to be asked over HTTP about rows that a test has stored. */
public final class AskedWorker implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(90);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalBroker broker;
    private final TestDatabase database;
    private final WorkerProcess worker;

    private AskedWorker(LocalBroker broker, TestDatabase database, WorkerProcess worker) {
        this.broker = broker;
        this.database = database;
        this.worker = worker;
    }

    /**
     * Starts all three and waits until the worker is ready.
     *
     * @param folder of their files
     * @param pictures the only folder that pictures may be read from
     */
    public static AskedWorker start(Path folder, Path pictures) throws IOException {
        LocalBroker broker = LocalBroker.start(folder.resolve("kafka"));
        TestDatabase database = TestDatabase.start();
        Path store = Files.createDirectories(folder.resolve("store"));
        Map<String, String> environment = new HashMap<>(WorkerProcess.connectedTo(broker, database.server()));
        environment.put("LESIONSTREAM_CHECKPOINTS_STORE", store.toString());
        environment.put("LESIONSTREAM_TOPICS_PARTITIONS", "1");
        environment.put("LESIONSTREAM_DECODE_FILE_ROOTS", pictures.toString());
        WorkerProcess worker = WorkerProcess.start(
                Path.of("target", "quarkus-app", "quarkus-run.jar"), environment, folder.resolve("worker.log"));
        worker.awaitReady(SOON);
        return new AskedWorker(broker, database, worker);
    }

    public TestDatabase database() {
        return database;
    }

    /** Stores outcomes as the worker itself would. */
    public void store(List<JobOutcome.Segmented> segmented, JobOutcome.DeadLettered... letters) {
        PostgresResultStore results = new PostgresResultStore(database.source(), new MessageCodec());
        for (JobOutcome.Segmented each : segmented) {
            results.register(List.of(new RegistrationRequest(each.delivery().job(), Optional.of(CHECKPOINT))));
        }
        for (JobOutcome.DeadLettered letter : letters) {
            letter.delivery()
                    .ifPresent(delivery -> results.register(
                            List.of(new RegistrationRequest(delivery.job(), Optional.of(CHECKPOINT)))));
        }
        results.save(List.copyOf(segmented));
        results.save(List.of(letters));
    }

    public HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(worker.address().resolve(path))
                        .timeout(SOON)
                        .build(),
                BodyHandlers.ofByteArray());
    }

    /** The answer to a POST without a body, which must be given. */
    public JsonNode post(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(
                HttpRequest.newBuilder(worker.address().resolve(path))
                        .timeout(SOON)
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return json.readTree(answer.body());
    }

    /** The answer, which must be there. */
    public JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return json.readTree(answer.body());
    }

    /** The problem document that answers; it must have this status. */
    public JsonNode problem(int status, String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
        return json.readTree(answer.body());
    }

    @Override
    public void close() throws IOException {
        worker.close();
        database.close();
        broker.close();
    }
}
