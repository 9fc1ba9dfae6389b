package org.lesionstream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.local.LocalBroker;
import org.lesionstream.local.LocalDatabase;
import org.lesionstream.local.WorkerProcess;
import org.lesionstream.schemas.message.MessageCodec;
import org.lesionstream.schemas.message.SegmentationResult;
import org.lesionstream.worker.testing.Answers;
import org.lesionstream.worker.testing.PackagedTrainer;

/**
 * Checkpoints of every family of networks, made by the packaged trainer and served by one packaged worker: what attention, transposed convolutions or valid
 * convolutions need is in the file, not in the worker.
 */
class EveryNetworkIT {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String TINY_TRANSFORMER =
            ",dims=8/8/10/12,attention-heads=1/2/2/2,depths=1/1/1/1,reductions=4/2/1/1";

    private static final Map<String, String> NETWORKS = new TreeMap<>(Map.of(
            "valid", "unet-valid:base=2,depth=2",
            "nested", "unetpp-preact:base=2",
            "nnunet", "unetpp-nnunet:base=2",
            "v2", "unetv2:width=4" + TINY_TRANSFORMER,
            "pvt", "unetpp-pvt:deep-supervision=true" + TINY_TRANSFORMER,
            "uctransnet", "uctransnet:base=4,heads=1,layers=1,size=64",
            "u2", "uctransnet-u2:base=4,heads=1,layers=1,size=64",
            "u2net", "u2netp:scale=8",
            "infused", "unet-same:base=4,skip=sdi,sdi-width=4"));

    private final MessageCodec codec = new MessageCodec();

    @TempDir
    private Path folder;

    @Test
    void oneWorkerServesThemAll() throws Exception {
        trainer("phantoms", "--out", at("data"), "--count", "6", "--size", "64", "--channels", "3");
        for (Map.Entry<String, String> network : NETWORKS.entrySet()) {
            trainer(
                    "train",
                    "--images",
                    at("data/images"),
                    "--masks",
                    at("data/masks"),
                    "--store",
                    at("store"),
                    "--name",
                    network.getKey(),
                    "--network",
                    network.getValue(),
                    "--epochs",
                    "1",
                    "--size",
                    network.getKey().equals("valid") ? "76" : "64");
        }
        try (LocalBroker broker = LocalBroker.start(folder.resolve("kafka"));
                LocalDatabase database = LocalDatabase.start(folder.resolve("postgres"));
                WorkerProcess worker = worker(broker, database)) {
            worker.awaitReady(SOON);
            submitAndRead(broker);
        }
    }

    private void submitAndRead(LocalBroker broker) throws Exception {
        try (Answers answers = new Answers(broker.bootstrapServers())) {
            Path picture = aPicture();
            for (String name : NETWORKS.keySet()) {
                answers.send("image-jobs", name, job(name, picture));
            }
            for (String name : NETWORKS.keySet()) {
                SegmentationResult result = codec.readResult(answers.await(name + "#0", SOON));
                assertThat(result.checkpoint().name()).isEqualTo(name);
                assertThat(result.image().width()).isEqualTo(64);
            }
        }
    }

    private void trainer(String... arguments) {
        PackagedTrainer.run(folder.resolve("trainer.log"), SOON, arguments);
    }

    private WorkerProcess worker(LocalBroker broker, LocalDatabase database) {
        Map<String, String> environment = new HashMap<>(WorkerProcess.connectedTo(broker, database));
        environment.put("LESIONSTREAM_CHECKPOINTS_STORE", at("store"));
        environment.put(
                "LESIONSTREAM_CHECKPOINTS_PRELOAD",
                String.join(
                        ",", NETWORKS.keySet().stream().map(name -> name + "@1").toList()));
        environment.put("LESIONSTREAM_DECODE_FILE_ROOTS", at("data"));
        environment.put("LESIONSTREAM_INFERENCE_PRECISION", "fp32");
        environment.put("LESIONSTREAM_BATCH_SIZES", "1,2");
        return WorkerProcess.start(
                Path.of("target", "quarkus-app", "quarkus-run.jar"), environment, folder.resolve("worker.log"));
    }

    private Path aPicture() throws IOException {
        try (Stream<Path> pictures = Files.list(folder.resolve("data/images/val"))) {
            return pictures.findFirst().orElseThrow();
        }
    }

    private static String job(String name, Path picture) throws IOException {
        return new ObjectMapper()
                .writeValueAsString(Map.of(
                        "jobId",
                        name,
                        "case",
                        Map.of("id", name, "image", 1, "images", 1),
                        "image",
                        Map.of("uri", picture.toUri().toString()),
                        "checkpoint",
                        name + "@1"));
    }

    private String at(String path) {
        return folder.resolve(path).toAbsolutePath().toString();
    }
}
