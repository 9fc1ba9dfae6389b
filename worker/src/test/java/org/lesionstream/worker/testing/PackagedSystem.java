package org.lesionstream.worker.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.local.LocalDatabase;
import org.lesionstream.local.WorkerProcess;
import org.lesionstream.schemas.checkpoint.Precision;

/**
 * A real broker, a real database, a store with the checkpoint {@code lesion@production} that marks what is bright, and packaged workers as child
 * processes. Closing it ends all of them. One thread.
 */
public final class PackagedSystem implements AutoCloseable {
    /** Longer than anything here takes on a busy machine. */
    public static final Duration SOON = Duration.ofSeconds(90);

    /** The worker as it was packaged. */
    public static final Path PACKAGED = Path.of("target", "quarkus-app", "quarkus-run.jar");

    private final Path folder;
    private final Map<String, String> settings;
    private final LocalBroker broker;
    private final LocalDatabase database;
    private final TestStore store;
    private final List<WorkerProcess> workers = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private Answers answers;

    private PackagedSystem(Path folder, Map<String, String> settings) throws IOException {
        this.folder = folder;
        this.settings = settings;
        this.broker = LocalBroker.start(folder.resolve("kafka"));
        this.database = LocalDatabase.start(folder.resolve("postgres"));
        this.store = new TestStore(folder.resolve("store"));
    }

    /**
     * Starts everything with one worker.
     *
     * @param settings environment of the workers, beside what connects them
     */
    public static PackagedSystem start(Path folder, Map<String, String> settings) throws IOException {
        PackagedSystem system = new PackagedSystem(folder, settings);
        try {
            system.store.publish("lesion", 1, TinyNetwork.THRESHOLD, Precision.FP32);
            system.store.promote("lesion", 1, "production");
            Files.createDirectories(folder.resolve("images"));
            system.startWorker();
            system.answers = new Answers(system.broker.bootstrapServers()); // the worker has made the topics
            return system;
        } catch (IOException | RuntimeException | Error failure) {
            system.close();
            throw failure;
        }
    }

    /** Starts one more worker of the same fleet and waits until it is ready. */
    public WorkerProcess startWorker() {
        return startWorker(PACKAGED, Map.of());
    }

    /**
     * The same with another build.
     *
     * @param build its {@code quarkus-run.jar}
     * @param more environment of this worker alone
     */
    public WorkerProcess startWorker(Path build, Map<String, String> more) {
        Map<String, String> environment = environment();
        environment.putAll(more);
        WorkerProcess started =
                WorkerProcess.start(build, environment, folder.resolve("worker-" + workers.size() + ".log"));
        workers.add(started);
        started.awaitReady(SOON);
        return started;
    }

    /**
     * Runs a command of a build to its end, which must be a success.
     *
     * @param log gets what it prints
     */
    public void run(Path build, Path log, String... command) {
        WorkerProcess.run(build, List.of(command), environment(), log);
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(WorkerProcess.connectedTo(broker, database));
        environment.put("LESIONSTREAM_CHECKPOINTS_STORE", path("store").toString());
        environment.put("LESIONSTREAM_CHECKPOINTS_PRELOAD", "lesion@production");
        environment.put("LESIONSTREAM_CHECKPOINTS_REFRESH", "200ms");
        environment.put("LESIONSTREAM_DECODE_FILE_ROOTS", path("images").toString());
        environment.put("LESIONSTREAM_TOPICS_PARTITIONS", "3");
        environment.putAll(settings);
        return environment;
    }

    /** The worker that was started last. */
    public WorkerProcess worker() {
        return workers.get(workers.size() - 1);
    }

    public Answers answers() {
        return answers;
    }

    public TestStore store() {
        return store;
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public LocalDatabase database() {
        return database;
    }

    /** A place below the folder of this system. */
    public Path path(String name) {
        return folder.resolve(name);
    }

    /** A dark picture of 14 x 10 pixels with one bright square of the given side, across the borders of tiles. */
    public Path picture(String name, int side) throws IOException {
        BufferedImage picture = new BufferedImage(14, 10, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                picture.setRGB(5 + column, 3 + row, 0xffffff);
            }
        }
        Path file = path("images").resolve(name);
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }

    /** A job for {@code lesion@production}, pixels of 0.5 x 0.25 mm. */
    public static Map<String, Object> job(String id, String caseId, int image, int images, Path file) {
        return Map.of(
                "jobId", id,
                "case", Map.of("id", caseId, "image", image, "images", images),
                "image", Map.of("uri", file.toUri().toString()),
                "checkpoint", "lesion@production",
                "pixelSpacing", Map.of("row", 0.5, "column", 0.25));
    }

    /** The same as a slice of a stack, one next to the other at the given distance. */
    public static Map<String, Object> slice(
            String id, String caseId, int image, int images, Path file, double spacing) {
        Map<String, Object> slice = new HashMap<>(job(id, caseId, image, images, file));
        slice.put("slice", Map.of("position", image * spacing, "spacing", spacing));
        return slice;
    }

    /** Puts a job on the topic of urgent jobs; the key decides which partition it comes to. */
    public void submit(String key, Map<String, Object> job) throws Exception {
        answers.send("image-jobs", key, text(job));
    }

    public static String text(Map<String, Object> job) throws IOException {
        return new ObjectMapper().writeValueAsString(job);
    }

    public HttpResponse<String> post(String job) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(worker().address().resolve("/api/jobs"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(job))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
    }

    public HttpResponse<byte[]> getBytes(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofByteArray());
    }

    private URI at(String path) {
        return worker().address().resolve(path);
    }

    @Override
    public void close() throws IOException {
        if (answers != null) {
            answers.close();
        }
        workers.forEach(WorkerProcess::close);
        database.close();
        broker.close();
    }
}
