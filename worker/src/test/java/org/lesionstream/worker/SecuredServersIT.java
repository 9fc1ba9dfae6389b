package org.lesionstream.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lesionstream.worker.testing.PackagedSystem.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.BrokerSecurity;
import org.lesionstream.local.DatabaseSecurity;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.local.LocalDatabase;
import org.lesionstream.local.WorkerProcess;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.worker.publish.TopicNames;
import org.lesionstream.worker.publish.TopicPlan;
import org.lesionstream.worker.testing.Answers;
import org.lesionstream.worker.testing.PackagedSystem;
import org.lesionstream.worker.testing.TestCertificates;
import org.lesionstream.worker.testing.TestStore;
import org.lesionstream.worker.testing.TinyNetwork;

/**
 * The packaged worker with a broker and a database that want TLS and a password and grant a worker no more than {@code deploy/SECURITY.md}
 * lists; all secrets come from files.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredServersIT {
    private static final Path PACKAGED = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final String USER = "worker";
    private static final String OPERATOR = "operator";
    private static final String OPERATOR_PASSWORD = "operator-password";
    private static final String KAFKA_PASSWORD = "kafka-password";
    private static final String OWNER_PASSWORD = "owner-password";
    private static final String DATABASE_PASSWORD = "database-password";
    private static final TopicNames TOPICS = new TopicNames(
            "image-jobs", "image-jobs-backfill", "segmentation-results", "case-results", "image-jobs-dead-letter");

    @TempDir
    private static Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();

    private TestCertificates certificates;
    private TestCertificates others;
    private LocalBroker broker;
    private LocalDatabase database;
    private WorkerProcess worker;
    private Answers answers;

    @BeforeAll
    void start() throws Exception {
        certificates = new TestCertificates(folder.resolve("certificates"));
        others = new TestCertificates(folder.resolve("others"));
        broker = LocalBroker.startSecured(
                folder.resolve("kafka"),
                new BrokerSecurity(
                        certificates.store(),
                        TestCertificates.STORE_PASSWORD,
                        Map.of(USER, KAFKA_PASSWORD, OPERATOR, OPERATOR_PASSWORD)));
        grantTopics();
        database = LocalDatabase.startSecured(
                folder.resolve("postgres"),
                new DatabaseSecurity(
                        certificates.certificate(), certificates.key(), certificates.authority(), OWNER_PASSWORD));
        grantTables();
        TestStore store = new TestStore(folder.resolve("store"));
        store.publish("lesion", 1, TinyNetwork.THRESHOLD, Precision.FP32);
        store.promote("lesion", 1, "production");
        worker = WorkerProcess.start(PACKAGED, environment(), folder.resolve("worker.log"));
        worker.awaitReady(SOON);
        answers = new Answers("localhost:" + broker.relayedPort());
    }

    @AfterAll
    void stop() {
        if (answers != null) {
            answers.close();
        }
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
    void segmentsAJobOverTlsWithTheRightsThatAreListed() throws Exception {
        String job = PackagedSystem.text(PackagedSystem.job("sealed", "case-sealed", 1, 1, picture()));

        HttpResponse<String> accepted = http.send(
                HttpRequest.newBuilder(worker.address().resolve("/api/jobs"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(job))
                        .build(),
                BodyHandlers.ofString());
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);

        JsonNode result = json.readTree(answers.awaitMatching("sealed#.*", SOON));
        assertThat(result.get("jobId").textValue()).isEqualTo("sealed");
        assertThat(http.send(
                                HttpRequest.newBuilder(worker.address().resolve("/api/jobs/sealed/mask.png"))
                                        .build(),
                                BodyHandlers.ofByteArray())
                        .statusCode())
                .isEqualTo(200);
        assertThat(connections("ssl AND usename = 'worker'")).isPositive();
        assertThat(connections("NOT ssl AND client_addr IS NOT NULL")).isZero();
        assertThat(Files.readString(folder.resolve("worker.log")))
                .doesNotContain(KAFKA_PASSWORD)
                .doesNotContain(DATABASE_PASSWORD);
    }

    @Test
    void commandsComeTheSameWayWithThePasswordFromTheEnvironment() throws IOException {
        Path file =
                clientProperties("from-environment.properties", certificates, OPERATOR, "${env:TEST_KAFKA_PASSWORD}");
        Files.writeString(
                file,
                Files.readString(file)
                        + "config.providers=env\nconfig.providers.env.class=org.apache.kafka.common.config.provider.EnvVarConfigProvider\n");

        WorkerProcess.run(
                PACKAGED,
                List.of(
                        "topics",
                        "--describe",
                        "--bootstrap-servers",
                        broker.bootstrapServers(),
                        "--command-config",
                        file.toString()),
                Map.of("TEST_KAFKA_PASSWORD", OPERATOR_PASSWORD),
                folder.resolve("topics.log"));
        WorkerProcess.run(
                PACKAGED,
                List.of("dead-letters", "list"),
                databaseVariables(database.jdbcUrl()),
                folder.resolve("letters.log"));
    }

    @Test
    void talksToNoBrokerThatItDoesNotKnowAndWithoutPasswordToNone() throws IOException {
        for (Path refused : List.of(
                clientProperties("other-authority.properties", others, OPERATOR, OPERATOR_PASSWORD),
                clientProperties("wrong-password.properties", certificates, OPERATOR, "guessed"))) {
            assertThatThrownBy(() -> WorkerProcess.run(
                            PACKAGED,
                            List.of(
                                    "topics",
                                    "--describe",
                                    "--bootstrap-servers",
                                    broker.bootstrapServers(),
                                    "--command-config",
                                    refused.toString()),
                            Map.of(),
                            folder.resolve("refused.log")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageNotContainingAny(OPERATOR_PASSWORD, "guessed");
        }
        assertThat(Files.readString(folder.resolve("refused.log")))
                .containsPattern("(?i)ssl handshake failed")
                .containsPattern("(?i)authentication failed");
    }

    @Test
    void talksToNoDatabaseThatItDoesNotKnowAndInTheClearToNone() throws IOException {
        String address = database.jdbcUrl();
        String plain = address.substring(0, address.indexOf('?'));
        for (String refused : List.of(
                plain + "?sslmode=verify-full&sslrootcert=" + others.authority(),
                plain.replace("localhost", "127.0.0.1") + "?sslmode=verify-full&sslrootcert="
                        + certificates.authority(),
                plain + "?sslmode=disable")) {
            assertThatThrownBy(() -> WorkerProcess.run(
                            PACKAGED,
                            List.of("dead-letters", "list"),
                            databaseVariables(refused),
                            folder.resolve("refused.log")))
                    .as(refused)
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> DriverManager.getConnection(refused, USER, DATABASE_PASSWORD))
                    .as(refused)
                    .isInstanceOf(SQLException.class);
        }
    }

    /** The rights of a worker on the broker. */
    private void grantTopics() throws Exception {
        try (Admin owner = Admin.create(Map.of("bootstrap.servers", "localhost:" + broker.relayedPort()))) {
            new TopicPlan(TOPICS, 3, (short) 1, Duration.ofHours(1), 1 << 20).createAbsent(owner);
            List<AclBinding> rights = new ArrayList<>();
            for (String jobs : List.of(TOPICS.urgent(), TOPICS.backfill())) {
                rights.add(right(USER, ResourceType.TOPIC, jobs, PatternType.LITERAL, AclOperation.READ));
                rights.add(right(USER, ResourceType.TOPIC, jobs, PatternType.LITERAL, AclOperation.WRITE));
            }
            for (String answers : TOPICS.answers()) {
                rights.add(right(USER, ResourceType.TOPIC, answers, PatternType.LITERAL, AclOperation.WRITE));
            }
            rights.add(right(USER, ResourceType.GROUP, "lesionstream-worker", PatternType.LITERAL, AclOperation.READ));
            rights.add(right(
                    USER,
                    ResourceType.TRANSACTIONAL_ID,
                    "lesionstream-worker-",
                    PatternType.PREFIXED,
                    AclOperation.WRITE));
            rights.add(right(OPERATOR, ResourceType.TOPIC, "*", PatternType.LITERAL, AclOperation.DESCRIBE_CONFIGS));
            rights.add(right(OPERATOR, ResourceType.TOPIC, "*", PatternType.LITERAL, AclOperation.DESCRIBE));
            owner.createAcls(rights).all().get();
        }
    }

    private static AclBinding right(
            String user, ResourceType type, String name, PatternType pattern, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }

    /** The rights of a worker in the database, whose tables their owner migrates. */
    private void grantTables() throws SQLException {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .locations("classpath:db/migration")
                .load()
                .migrate();
        try (Connection owner = database.connect();
                Statement statement = owner.createStatement()) {
            statement.execute("CREATE ROLE worker LOGIN PASSWORD '" + DATABASE_PASSWORD + "'");
            statement.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO worker");
            statement.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO worker");
        }
    }

    private Map<String, String> environment() throws IOException {
        Map<String, String> environment = new HashMap<>(WorkerProcess.connectedTo(broker, database));
        environment.put(
                "LESIONSTREAM_KAFKA_CLIENT_PROPERTIES",
                clientProperties("client.properties", certificates, USER, KAFKA_PASSWORD)
                        .toString());
        environment.put("QUARKUS_DATASOURCE_USERNAME", USER);
        environment.remove("QUARKUS_DATASOURCE_PASSWORD");
        Path secret = Files.writeString(
                folder.resolve("database.properties"),
                "quarkus.datasource.password=" + DATABASE_PASSWORD + "\n",
                UTF_8);
        environment.put("SMALLRYE_CONFIG_LOCATIONS", secret.toString());
        environment.put("QUARKUS_FLYWAY_MIGRATE_AT_START", "false");
        environment.put(
                "LESIONSTREAM_CHECKPOINTS_STORE", folder.resolve("store").toString());
        environment.put("LESIONSTREAM_CHECKPOINTS_PRELOAD", "lesion@production");
        environment.put(
                "LESIONSTREAM_DECODE_FILE_ROOTS",
                Files.createDirectories(folder.resolve("images")).toString());
        return environment;
    }

    private static Map<String, String> databaseVariables(String address) {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                address,
                "QUARKUS_DATASOURCE_USERNAME",
                USER,
                "QUARKUS_DATASOURCE_PASSWORD",
                DATABASE_PASSWORD);
    }

    private static Path clientProperties(String name, TestCertificates trusted, String user, String password)
            throws IOException {
        return Files.writeString(folder.resolve(name), """
                security.protocol=SASL_SSL
                ssl.truststore.type=PEM
                ssl.truststore.location=%s
                sasl.mechanism=SCRAM-SHA-512
                sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="%s" password="%s";
                """.formatted(trusted.authority(), user, password), UTF_8);
    }

    private static Path picture() throws IOException {
        BufferedImage picture = new BufferedImage(14, 10, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(5, 3, 0xffffff);
        Path file = folder.resolve("images").resolve("bright.png");
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }

    private long connections(String which) throws SQLException {
        try (Connection owner = database.connect();
                Statement statement = owner.createStatement();
                ResultSet count = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE " + which)) {
            count.next();
            return count.getLong(1);
        }
    }
}
