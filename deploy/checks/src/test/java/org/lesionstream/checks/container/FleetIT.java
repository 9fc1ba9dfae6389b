package org.lesionstream.checks.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.checks.Project;
import org.lesionstream.checks.kubernetes.Manifests;
import org.lesionstream.checks.kubernetes.Pods;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.local.LocalDatabase;
import org.lesionstream.local.traffic.AnswerReader;
import org.lesionstream.local.traffic.JobLane;
import org.lesionstream.local.traffic.JobRecords;

/**
 * From nothing to a running fleet, as deploy/README.md says it, without a cluster: the containers of the manifests, in the trees of their images,
 * as users who may write nowhere but in their scratch folder, on a real broker and a real database.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FleetIT {
    private static final long LONG = 600;
    private static final UnaryOperator<List<String>> AS_THEY_ARE = UnaryOperator.identity();

    private final Manifests fleet = Manifests.of("overlays/cpu");
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private static Path folder;

    private LocalBroker broker;
    private LocalDatabase database;
    private ImageTree worker;
    private ImageTree trainer;
    private Node node;

    @BeforeAll
    void makeTheImages() throws Exception {
        folder.toFile().setExecutable(true, false); // the users of the images come through
        broker = LocalBroker.start(folder.resolve("kafka"));
        database = LocalDatabase.start(folder.resolve("postgres"));
        worker = ImageTree.make("worker-cpu", folder.resolve("worker"));
        trainer = ImageTree.make(
                "trainer",
                folder.resolve("trainer"),
                "--build-arg",
                "NATIVES=cpu",
                "--build-arg",
                "BASE=" + Dockerfile.of("worker-cpu").only("FROM"));
        node = new Node(
                Files.createDirectory(folder.resolve("logs")),
                Map.of("lesionstream/worker-cpu", worker, "lesionstream/trainer", trainer),
                Map.of(
                        "checkpoints", forEverybody("checkpoints"),
                        "images", forEverybody("images"),
                        "training-data", forEverybody("training-data")),
                Map.of(
                        "database/username", "lesionstream_worker",
                        "database/password", "its password",
                        "database-owner/username", "lesionstream_owner",
                        "database-owner/password", "its password"),
                Map.of(
                        "LESIONSTREAM_KAFKA_BOOTSTRAP_SERVERS",
                        broker.bootstrapServers(),
                        "QUARKUS_DATASOURCE_JDBC_URL",
                        database.jdbcUrl(),
                        "LESIONSTREAM_TOPICS_REPLICATION",
                        "1",
                        "LESIONSTREAM_TOPICS_PARTITIONS",
                        "3"));
    }

    @AfterAll
    void stopEverything() throws Exception {
        if (node != null) {
            node.close();
        }
        if (database != null) {
            database.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void comesFromNothingToAnswersOnBothLanes() throws Exception {
        makeTheUsersOfTheDatabase();
        Pods.Container urgent = fleet.pods("worker-urgent").container("worker");
        Pods.Container tables = fleet.pods("worker-urgent").container("tables");
        assertThat(node.run(fleet, tables, AS_THEY_ARE, LONG)).isEqualTo(1);
        assertThat(node.log(tables)).contains("the tables lack the versions");

        node.succeed(fleet, fleet.pods("migration").container("tables"), LONG);
        node.succeed(fleet, fleet.pods("migration").container("topics"), LONG);
        node.succeed(fleet, tables, LONG);
        trainAndPromote();

        try (Producer<String, byte[]> jobs = compressingProducer();
                AnswerReader answers = new AnswerReader(broker.bootstrapServers())) {
            jobs.send(new JobRecords(URI.create("/test"), Clock.systemUTC())
                            .of(JobLane.URGENT, "urgent", "urgent", urgentJob()))
                    .get();
            List<String> answered = new ArrayList<>();

            Process backfillWorker = start(fleet.pods("worker-backfill").container("worker"));
            Manifests backfill = Manifests.of("backfill");
            Pods.Container submitter = backfill.pods("backfill").container("backfill");
            node.succeed(withConnections(backfill), submitter, LONG);
            int pictures = folder.resolve("images").toFile().list().length;
            await(pictures + " answers", answers, answered, () -> answered.size() >= pictures);
            assertThat(answered).doesNotContain("urgent#0");

            Process urgentWorker = start(urgent);
            await("the answer of urgent", answers, answered, () -> answered.contains("urgent#0"));

            Duration grace = fleet.pods("worker-urgent").gracePeriod();
            assertThat(stops(urgentWorker, grace)).isEqualTo(143);
            assertThat(stops(backfillWorker, grace)).isEqualTo(143);
            assertThat(node.log(urgent)).contains("Stopped");
        }
    }

    @Test
    void doesNotStartWithoutOneOfItsFiles() throws Exception {
        Pods.Container topics = fleet.pods("migration").container("topics");
        ImageTree broken = ImageTree.make("worker-cpu", folder.resolve("broken"));
        try (Stream<Path> libraries = Files.list(broken.file("/opt/lesionstream/worker/lib/main"))) {
            Path missing = libraries
                    .filter(jar -> jar.getFileName().toString().contains("kafka-clients"))
                    .findFirst()
                    .orElseThrow();
            missing.getParent().toFile().setWritable(true);
            Files.delete(missing);
        }

        Process program = broken.program(topics.environment(fleet), Map.of(), topics.arguments())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();

        assertThat(program.waitFor(LONG, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isNotZero();
    }

    private void makeTheUsersOfTheDatabase() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(Project.text("deploy/kubernetes/roles.sql"));
        }
    }

    /** The data come from the trainer too; the Job is shortened, and otherwise as it is. */
    private void trainAndPromote() throws Exception {
        Process phantoms = trainer.program(
                        Map.of(),
                        Map.of("/out:rw", folder.resolve("training-data")),
                        List.of("phantoms", "--out=/out/made", "--count=12", "--size=64", "--channels=3"))
                .redirectOutput(folder.resolve("logs/phantoms.log").toFile())
                .start();
        assertThat(phantoms.waitFor(LONG, TimeUnit.SECONDS)).isTrue();
        assertThat(phantoms.exitValue())
                .as(Files.readString(folder.resolve("logs/phantoms.log")))
                .isZero();
        Path made = folder.resolve("training-data/made");
        Files.move(made.resolve("images"), folder.resolve("training-data/images"));
        Files.move(made.resolve("masks"), folder.resolve("training-data/masks"));
        try (Stream<Path> pictures = Files.list(folder.resolve("training-data/images/val"))) {
            for (Path picture : pictures.toList()) {
                Files.copy(picture, folder.resolve("images").resolve(picture.getFileName()));
            }
        }

        Manifests training = Manifests.of("training");
        Pods.Container trains = training.pods("training").container("trainer");
        assertThat(node.run(training, trains, FleetIT::shortened, LONG))
                .as(node.log(trains))
                .isZero();
        Manifests promotion = Manifests.of("promotion");
        node.succeed(promotion, promotion.pods("promotion").container("trainer"), LONG);
    }

    private static List<String> shortened(List<String> arguments) {
        List<String> fewer = new ArrayList<>(arguments);
        assertThat(fewer.remove("--minutes=60")).isTrue();
        fewer.addAll(List.of("--epochs=1", "--network=unet-same:base=4", "--size=64"));
        return fewer;
    }

    /** The Jobs of other kustomizations refer to the map of the fleet. */
    private Manifests withConnections(Manifests job) {
        return new Manifests(
                job.name(),
                Stream.concat(job.resources().stream(), fleet.resources().stream())
                        .toList());
    }

    private byte[] urgentJob() throws IOException {
        try (Stream<Path> pictures = Files.list(folder.resolve("images"))) {
            byte[] picture = Files.readAllBytes(pictures.findFirst().orElseThrow());
            return """
                    {"jobId": "urgent", "case": {"id": "urgent", "image": 1, "images": 1},
                     "image": {"inline": "%s"}, "checkpoint": "lesion@production"}
                    """.formatted(Base64.getEncoder().encodeToString(picture)).getBytes(UTF_8);
        }
    }

    /** Whoever compresses makes the worker unpack a library in its scratch folder. */
    private Producer<String, byte[]> compressingProducer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "compression.type", "zstd"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Starts a worker and waits as the kubelet does, by the probes of its manifest. */
    private Process start(Pods.Container container) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Map<String, String> ofThisMachine =
                Map.of("QUARKUS_HTTP_PORT", String.valueOf(port), "LESIONSTREAM_API_AUTHENTICATION", "off");
        Process process = node.start(fleet, container, ofThisMachine, AS_THEY_ARE);
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            URI asked = URI.create("http://localhost:" + port + container.probePath(probe));
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONG);
            while (status(asked) != 200) {
                assertThat(process.isAlive()).as(node.log(container)).isTrue();
                assertThat(System.nanoTime())
                        .as("%s: %s", asked, node.log(container))
                        .isLessThan(deadline);
                process.waitFor(100, TimeUnit.MILLISECONDS);
            }
        }
        return process;
    }

    private int status(URI asked) throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(asked).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notYetListening) {
            return 0;
        }
    }

    private static int stops(Process process, Duration grace) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(grace.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static void await(String what, AnswerReader answers, List<String> answered, BooleanSupplier came) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONG);
        while (!came.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s, came %s", what, answered).isLessThan(deadline);
            answers.read(answer -> answered.add(answer.id()), Duration.ofSeconds(1));
        }
    }

    /** A folder that the users of the images may write, as a claim with their group is. */
    private static Path forEverybody(String name) throws IOException {
        Path made = Files.createDirectory(folder.resolve(name));
        made.toFile().setWritable(true, false);
        return made;
    }
}
