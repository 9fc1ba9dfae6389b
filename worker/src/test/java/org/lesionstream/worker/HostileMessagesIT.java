package org.lesionstream.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.lesionstream.worker.testing.PackagedSystem.SOON;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.worker.testing.Answers;
import org.lesionstream.worker.testing.PackagedSystem;

/** What a packaged worker does with messages that were made to hurt it, or that hold what they must not. It logs all it can meanwhile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileMessagesIT {
    private static final String NAME = "DOE^JANE";
    private static final long SEED = 1;
    private static final int POISON = 300;

    @TempDir
    private static Path folder;

    private final MessageCodec codec = new MessageCodec();
    private PackagedSystem system;
    private Answers answers;

    @BeforeAll
    void start() throws IOException {
        system = PackagedSystem.start(folder, Map.of("QUARKUS_LOG_LEVEL", "DEBUG"));
        answers = system.answers();
    }

    @AfterAll
    void stop() throws IOException {
        if (system != null) {
            system.close();
        }
    }

    @Test
    void tellsNobodyTheNameThatAMessageOrAPictureHolds() throws Exception {
        Path good = system.picture("good.png", 2);
        byte[] labelled = withComment(Files.readAllBytes(good), NAME);
        Map<String, Object> job = PackagedSystem.job("named", "named", 1, 1, good);

        answers.send("image-jobs", NAME, "{\"jobId\": \"" + NAME);
        answers.send("image-jobs", NAME, PackagedSystem.text(with(job, "patientName", NAME)));
        answers.send("image-jobs", NAME, PackagedSystem.text(with(job, "DOE_JANE", 1)));
        answers.send("image-jobs", NAME, PackagedSystem.text(with(job, "jobId", NAME)));
        answers.send(
                "image-jobs",
                NAME,
                PackagedSystem.text(with(job, "case", Map.of("id", NAME, "image", 1, "images", 1))));
        answers.send("image-jobs", NAME, PackagedSystem.text(with(job, "checkpoint", NAME + "@1")));
        answers.send("image-jobs", NAME, PackagedSystem.text(inline("named-whole", labelled)));
        answers.send(
                "image-jobs",
                NAME,
                PackagedSystem.text(inline("named-torn", Arrays.copyOf(labelled, labelled.length - 20))));
        assertThat(system.post(PackagedSystem.text(with(job, "patientName", NAME)))
                        .body())
                .doesNotContain(NAME);
        assertThat(system.post("{\"jobId\": \"" + NAME).body()).doesNotContain(NAME);
        assertThat(system.get("/api/cases/DOE%5EJANE").body()).doesNotContain(NAME);
        assertThat(system.get("/api/jobs?after=DOE%5EJANE&reference=DOE%5EJANE").body())
                .doesNotContain(NAME);

        codec.readResult(answers.await("named-whole#0", SOON));
        assertThat(codec.readDeadLetter(answers.await("named-torn#0", SOON))
                        .job()
                        .orElseThrow()
                        .image()
                        .inline())
                .isEmpty();
        answers.send("image-jobs", "key", PackagedSystem.text(with(job, "jobId", "after-names")));
        answers.await("after-names#0", SOON);
        for (String id : answers.read()) {
            assertThat(answers.copies(id)).noneMatch(copy -> new String(copy, UTF_8).contains("JANE"));
        }
        assertThat(system.get("/q/metrics").body()).doesNotContain("JANE");
        assertThat(Files.readString(system.path("worker-0.log")))
                .contains("DEBUG")
                .doesNotContain("JANE");
        assertThat(rowsThatContain("JANE")).isEmpty();
    }

    @Test
    void keepsALocationOutOfTheLog() throws Exception {
        Path absent = system.path("images").resolve("ROE^RICHARD.png");
        Path outside = Path.of("/nowhere/ROE^RICHARD.png");

        answers.send("image-jobs", "key", PackagedSystem.text(PackagedSystem.job("absent", "absent", 1, 1, absent)));
        answers.send("image-jobs", "key", PackagedSystem.text(PackagedSystem.job("outside", "outside", 1, 1, outside)));

        assertThat(codec.readDeadLetter(answers.await("absent#0", SOON)).code().name())
                .isEqualTo("SOURCE_NOT_FOUND");
        assertThat(codec.readDeadLetter(answers.await("outside#0", SOON)).code().name())
                .isEqualTo("SOURCE_NOT_ALLOWED");
        assertThat(system.get("/q/metrics").body()).doesNotContain("RICHARD");
        assertThat(logged("RICHARD")).isEmpty();
    }

    @Test
    void answersATopicFullOfPoisonAndGoesOn() throws Exception {
        Path good = system.picture("between.png", 2);
        byte[] whole = PackagedSystem.text(PackagedSystem.job("seed", "seed", 1, 1, good))
                .getBytes(UTF_8);
        Random random = new Random(SEED);
        Map<String, Integer> before = letters();

        try (KafkaProducer<byte[], byte[]> poisoner = new KafkaProducer<>(
                Map.of("bootstrap.servers", system.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            Future<RecordMetadata> last = null;
            for (int number = 0; number < POISON; number++) {
                last = poisoner.send(poison(random, whole));
            }
            last.get();
        }
        for (int number = 0; number < 10; number++) {
            String id = "between-" + number;
            answers.send("image-jobs", id, PackagedSystem.text(PackagedSystem.job(id, id, 1, 1, good)));
        }

        for (int number = 0; number < 10; number++) {
            assertThat(codec.readResult(answers.await("between-" + number + "#0", SOON))
                            .lesionCount())
                    .isEqualTo(1);
        }
        long limit = System.nanoTime() + SOON.toNanos();
        while (letters().size() - before.size() < POISON && System.nanoTime() < limit) {
            answers.read();
        }
        assertThat(letters().size() - before.size())
                .as("one dead letter each, seed %d", SEED)
                .isEqualTo(POISON);
        assertThat(letters().values()).as("and each once").containsOnly(1);
        assertThat(system.get("/q/health/live").statusCode()).isEqualTo(200);
    }

    /** Bytes that are no valid job: noise, emptiness, a deep nest, a wrong type, or a job with a hole in it. */
    private static ProducerRecord<byte[], byte[]> poison(Random random, byte[] whole) {
        byte[] value =
                switch (random.nextInt(5)) {
                    case 0 -> noise(random, random.nextInt(2000));
                    case 1 -> null;
                    case 2 -> "[".repeat(20_000).getBytes(UTF_8);
                    case 3 -> "{\"jobId\": 1e999999999, \"case\": null}".getBytes(UTF_8);
                    default -> Arrays.copyOf(whole, random.nextInt(whole.length - 1));
                };
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("image-jobs", noise(random, 8), value);
        if (random.nextBoolean()) {
            record.headers()
                    .add("ce_type", noise(random, 20))
                    .add("ce_id", null)
                    .add("traceparent", noise(random, 55));
        }
        return record;
    }

    private static byte[] noise(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** How often each unreadable message was answered. */
    private Map<String, Integer> letters() {
        Map<String, Integer> letters = new TreeMap<>();
        for (String id : answers.read()) {
            if (id.startsWith("unreadable:")) {
                letters.put(id, answers.copies(id).size());
            }
        }
        return letters;
    }

    /** Lines of the worker's log with such a text. */
    private List<String> logged(String text) throws IOException {
        return Files.readAllLines(system.path("worker-0.log")).stream()
                .filter(line -> line.contains(text))
                .toList();
    }

    private static Map<String, Object> with(Map<String, Object> job, String field, Object value) {
        Map<String, Object> changed = new HashMap<>(job);
        changed.put(field, value);
        return changed;
    }

    private static Map<String, Object> inline(String id, byte[] picture) {
        return Map.of(
                "jobId",
                id,
                "case",
                Map.of("id", id, "image", 1, "images", 1),
                "image",
                Map.of("inline", Base64.getEncoder().encodeToString(picture)),
                "checkpoint",
                "lesion@production");
    }

    /** The same PNG with a text chunk before its last one. */
    private static byte[] withComment(byte[] png, String comment) throws IOException {
        byte[] chunk = ("tEXtPatient\0" + comment).getBytes(ISO_8859_1);
        CRC32 checksum = new CRC32();
        checksum.update(chunk);
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.write(png, 0, png.length - 12);
        changed.write(ByteBuffer.allocate(4).putInt(chunk.length - 4).array());
        changed.write(chunk);
        changed.write(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
        changed.write(png, png.length - 12, 12);
        return changed.toByteArray();
    }

    /** Names of the tables with such a text anywhere in a row. */
    private List<String> rowsThatContain(String text) throws Exception {
        List<String> found = new ArrayList<>();
        try (Connection connection = system.database().connect();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names =
                    statement.executeQuery("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            assertThat(tables).contains("job_outcome", "dead_letter_replay");
            for (String table : tables) {
                try (ResultSet count = statement.executeQuery(
                        "SELECT count(*) FROM \"" + table + "\" AS each WHERE each::text LIKE '%" + text + "%'")) {
                    count.next();
                    if (count.getLong(1) > 0) {
                        found.add(table);
                    }
                }
            }
        }
        return found;
    }
}
