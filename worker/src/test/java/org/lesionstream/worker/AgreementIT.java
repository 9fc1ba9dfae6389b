package org.lesionstream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.local.LocalDatabase;
import org.lesionstream.local.WorkerProcess;
import org.lesionstream.schemas.image.LabelMask;
import org.lesionstream.schemas.image.MaskPng;
import org.lesionstream.worker.testing.Answers;
import org.lesionstream.worker.testing.PackagedTrainer;

/** The packaged worker stores, by way of Kafka and PostgreSQL, the very masks that the packaged trainer's {@code evaluate} judges. */
class AgreementIT {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final List<String> GEOMETRIES = List.of("fit", "tiles");

    @TempDir
    private Path folder;

    @Test
    void storedMasksAreThoseThatEvaluateJudgesPixelForPixel() throws Exception {
        trainer("phantoms", "--out", at("data"), "--count", "20", "--size", "80", "--channels", "3");
        for (String geometry : GEOMETRIES) {
            onPictures(
                    "train",
                    "--name",
                    geometry,
                    "--network",
                    "unet-same:base=4",
                    "--geometry",
                    geometry,
                    "--size",
                    "64",
                    "--batch",
                    "4",
                    "--learning-rate",
                    "0.01",
                    "--epochs",
                    "3");
            onPictures("evaluate", "--checkpoint", geometry + "@1", "--save-masks", at("judged-" + geometry));
        }
        List<Path> pictures = pictures();
        try (LocalBroker broker = LocalBroker.start(folder.resolve("kafka"));
                LocalDatabase database = LocalDatabase.start(folder.resolve("postgres"));
                WorkerProcess worker = worker(broker, database)) {
            worker.awaitReady(SOON);
            submitAndAwait(broker, pictures);
            compare(database, pictures);
        }
    }

    private void submitAndAwait(LocalBroker broker, List<Path> pictures) throws Exception {
        try (Answers answers = new Answers(broker.bootstrapServers())) {
            for (String geometry : GEOMETRIES) {
                for (Path picture : pictures) {
                    String id = id(geometry, picture);
                    answers.send("image-jobs", id, job(id, geometry, picture));
                }
            }
            for (String geometry : GEOMETRIES) {
                for (Path picture : pictures) {
                    answers.await(id(geometry, picture) + "#0", SOON);
                }
            }
        }
    }

    private void compare(LocalDatabase database, List<Path> pictures) throws Exception {
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement("SELECT png FROM mask WHERE job_id = ?")) {
            for (String geometry : GEOMETRIES) {
                boolean anyLesion = false;
                for (Path picture : pictures) {
                    query.setString(1, id(geometry, picture));
                    try (ResultSet found = query.executeQuery()) {
                        assertThat(found.next()).as(id(geometry, picture)).isTrue();
                        LabelMask stored = MaskPng.decode(found.getBytes(1));
                        LabelMask judged = MaskPng.decode(Files.readAllBytes(folder.resolve("judged-" + geometry)
                                .resolve(picture.getFileName().toString())));
                        assertThat(stored.width()).isEqualTo(judged.width()).isEqualTo(80);
                        assertThat(stored.labels())
                                .as(id(geometry, picture))
                                .isEqualTo(judged.labels())
                                .hasSize(80 * 80);
                        anyLesion |= new String(stored.labels(), StandardCharsets.ISO_8859_1).contains("\u0001");
                    }
                }
                assertThat(anyLesion)
                        .as("a mask of %s that is not empty, or equality says little", geometry)
                        .isTrue();
            }
        }
    }

    private void onPictures(String command, String... more) {
        trainer(Stream.concat(
                        Stream.of(
                                command,
                                "--images",
                                at("data/images"),
                                "--masks",
                                at("data/masks"),
                                "--store",
                                at("store")),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private void trainer(String... arguments) {
        PackagedTrainer.run(folder.resolve("trainer.log"), SOON, arguments);
    }

    private WorkerProcess worker(LocalBroker broker, LocalDatabase database) {
        Map<String, String> environment = new HashMap<>(WorkerProcess.connectedTo(broker, database));
        environment.put("LESIONSTREAM_CHECKPOINTS_STORE", at("store"));
        environment.put("LESIONSTREAM_CHECKPOINTS_PRELOAD", "fit@1,tiles@1");
        environment.put("LESIONSTREAM_DECODE_FILE_ROOTS", at("data"));
        environment.put("LESIONSTREAM_INFERENCE_PRECISION", "fp32");
        environment.put("LESIONSTREAM_BATCH_SIZES", "1,2,4");
        return WorkerProcess.start(
                Path.of("target", "quarkus-app", "quarkus-run.jar"), environment, folder.resolve("worker.log"));
    }

    private List<Path> pictures() throws IOException {
        try (Stream<Path> pictures = Files.list(folder.resolve("data/images/val"))) {
            return pictures.sorted().toList();
        }
    }

    private static String id(String geometry, Path picture) {
        return geometry + "-" + picture.getFileName().toString().replace(".png", "");
    }

    private static String job(String id, String geometry, Path picture) throws IOException {
        return new ObjectMapper()
                .writeValueAsString(Map.of(
                        "jobId",
                        id,
                        "case",
                        Map.of("id", id, "image", 1, "images", 1),
                        "image",
                        Map.of("uri", picture.toUri().toString()),
                        "checkpoint",
                        geometry + "@1"));
    }

    private String at(String path) {
        return folder.resolve(path).toAbsolutePath().toString();
    }
}
