package org.lesionstream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.Lineage;
import org.lesionstream.schemas.checkpoint.OutputKind;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.image.GeometryKind;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.evaluation.TorchScriptPredictor;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.registry.CheckpointStore;
import org.lesionstream.trainer.registry.PublishedCheckpoint;
import org.lesionstream.trainer.testing.DiscPictures;
import org.lesionstream.trainer.testing.FormulaWeights;
import org.lesionstream.trainer.testing.TestFiles;
import org.lesionstream.trainer.weights.SafetensorsFile;
import org.lesionstream.trainer.weights.StateDict;
import org.lesionstream.trainer.weights.WeightsFile;

class ImportCommandTest {
    private static final String NETWORK = "unet-same:base=1,up=bilinear";
    private static final int SIDE = 32;

    @TempDir
    private Path folder;

    private String out = "";
    private String err = "";

    @ParameterizedTest
    @ValueSource(strings = {"legacy.pth", "half.pth"})
    void publishesAFileThatAnswersAsTheWeightsDo(String file) throws IOException {
        Path weights = TestFiles.weights(file);

        assertThat(run(NETWORK, weights, "--mean", "10,20,30", "--deviation", "64", "--precision", "fp16"))
                .as(err)
                .isZero();

        PublishedCheckpoint made = published(1);
        assertThat(out)
                .contains(file + ": PyTorch ", "92 tensors with 4,379 parameters taken", " 0 filled")
                .contains("published lesion@1 sha256:" + made.manifest().digest());
        assertThat(made.manifest().files())
                .extracting(CheckpointFile::precision)
                .containsExactly(Precision.FP32, Precision.FP16);
        byte[] tile = new byte[SIDE * SIDE * 3];
        new Random(3).nextBytes(tile);
        float[] logits = logits(tile);
        byte[] labels = labels(made, tile);
        int[] clear = {0, 0};
        for (int pixel = 0; pixel < labels.length; pixel++) {
            if (Math.abs(logits[pixel]) > 1e-3) {
                int expected = logits[pixel] > 0 ? 1 : 0;
                assertThat(labels[pixel]).as("pixel " + pixel).isEqualTo((byte) expected);
                clear[expected]++;
            }
        }
        assertThat(clear[0]).as("background").isGreaterThan(100);
        assertThat(clear[1]).as("lesion").isGreaterThan(100);
    }

    @Test
    void remembersWhereTheWeightsComeFrom() throws IOException {
        Path weights = TestFiles.weights("half.pth");

        assertThat(run(NETWORK, weights, "--precision", "fp32")).as(err).isZero();
        assertThat(execute("export", "--checkpoint", "lesion@1", "--store", store(), "--precision", "fp32"))
                .as(err)
                .isZero();

        JsonNode document = new ObjectMapper()
                .readTree(published(1).folder().resolve("import.json").toFile());
        assertThat(new CheckpointStore(folder.resolve("store"))
                        .lineage(published(1).manifest()))
                .contains(Lineage.imported()
                        .withWeights(Digest.of(published(1).folder().resolve("weights.safetensors"))));
        assertThat(document.path("file").asText()).isEqualTo("half.pth");
        assertThat(document.path("sha256").asText())
                .isEqualTo(Digest.of(weights).hex());
        assertThat(document.path("format").asText()).isEqualTo("PyTorch zip");
        assertThat(document.path("network").asText()).isEqualTo("unet-same:base=1,channels=3,classes=1,up=bilinear");
        assertThat(document.path("dropped"))
                .hasSize(19)
                .extracting(JsonNode::asText)
                .contains("mask_values", "up1.conv.double_conv.4.num_batches_tracked");
        assertThat(document.path("filled")).isEmpty();
        assertThat(document.path("verifiedOn").asText()).isEqualTo("noise");
        assertThat(published(2).folder().resolve("import.json"))
                .as("an export knows it too")
                .hasSameBinaryContentAs(published(1).folder().resolve("import.json"));
    }

    @Test
    void describesTheCheckpointAsAsked() throws IOException {
        DiscPictures.write(folder.resolve("images"), folder.resolve("masks"), 2, 40, 48, 1);

        assertThat(run(
                        NETWORK,
                        TestFiles.weights("legacy.pth"),
                        "--normalisation",
                        "imagenet",
                        "--geometry",
                        "fit",
                        "--classes",
                        "naevus",
                        "--threshold",
                        "0.25",
                        "--precision",
                        "fp32",
                        "--images",
                        folder.resolve("images").toString()))
                .as(err)
                .isZero();

        CheckpointManifest manifest = published(1).manifest();
        assertThat(manifest.input().geometry()).isEqualTo(GeometryKind.FIT);
        assertThat(manifest.input().height()).isEqualTo(SIDE);
        assertThat(manifest.output().kind()).isEqualTo(OutputKind.PROBABILITIES);
        assertThat(manifest.output().threshold()).isEqualTo(0.25);
        assertThat(manifest.classes()).hasSize(1);
        assertThat(manifest.classes().get(0).name()).isEqualTo("naevus");
        assertThat(out).contains("verified on 2 tiles of pictures");
        assertThat(WeightsFile.read(published(1).folder().resolve("weights.safetensors"))
                        .normalisation())
                .isEqualTo(new Normalisation(List.of(123.675, 116.28, 103.53), List.of(58.395, 57.12, 57.375)));
    }

    @Test
    void listsEveryNameThatDoesNotFitAndPublishesNothing() throws IOException {
        assertThat(run("unet-same:base=1,up=conv,classes=2", TestFiles.weights("legacy.pth")))
                .isEqualTo(1);

        assertThat(err.lines())
                .contains(
                        "missing: up1.up.weight [16, 8, 2, 2]",
                        "missing: up4.up.bias [1]",
                        "wrong shape: outc.conv.weight is [1, 1, 1, 1], the network has [2, 1, 1, 1]",
                        "wrong shape: outc.conv.bias is [1], the network has [2]")
                .last()
                .asString()
                .contains("legacy.pth does not fit unet-same:", "nothing was published");
        assertThat(out).isEmpty();
        assertThat(folder.resolve("store/lesion/1")).doesNotExist();
    }

    @Test
    void takesSafetensorsOfAnotherPrecision() throws IOException {
        Path file = folder.resolve("weights.safetensors");
        try (NDManager manager = NDManager.newBaseManager()) {
            new SafetensorsFile(Map.of(), formula(manager)).write(file);
        }

        assertThat(run(NETWORK, file, "--precision", "fp32")).as(err).isZero();

        assertThat(out).contains("weights.safetensors: safetensors, 92 tensors");
    }

    @Test
    void refusesWithOneLine() throws IOException {
        Path legacy = TestFiles.weights("legacy.pth");
        Path text = Files.writeString(folder.resolve("text.pth"), "hello");

        assertThat(run(NETWORK, text)).isEqualTo(1);
        assertThat(err.strip()).contains("text.pth is neither").hasLineCount(1);
        assertThat(run(NETWORK, legacy, "--part", "encoder")).isEqualTo(1);
        assertThat(err.strip()).contains("no encoder of its own").hasLineCount(1);
        assertThat(execute(arguments(NETWORK, legacy, 40))).isEqualTo(1);
        assertThat(err.strip()).contains("multiple of 16", "was 40").hasLineCount(1);
        assertThat(run(NETWORK, legacy, "--classes", "a,b")).isEqualTo(1);
        assertThat(err.strip()).contains("must be 1 names", "[a, b]").hasLineCount(1);
        assertThat(run(NETWORK, legacy, "--mean", "1,2")).isEqualTo(1);
        assertThat(err.strip())
                .contains("one for each of 3 channels", "[1.0, 2.0]")
                .hasLineCount(1);
        assertThat(run(NETWORK, legacy, "--mean", "1", "--normalisation", "unit"))
                .isEqualTo(2);
        assertThat(err).contains("give only one of them");
        assertThat(folder.resolve("store/lesion/1")).doesNotExist();
    }

    /** What the network says with these weights, loaded without any file. */
    private static float[] logits(byte[] tile) {
        try (NDManager manager = NDManager.newBaseManager()) {
            SegmentationNetwork network = NetworkCatalog.build(NetworkSpec.parse(NETWORK));
            StateDict.load(network, formula(manager), manager, new Shape(1, 3, SIDE, SIDE));
            NDArray bytes = manager.create(ByteBuffer.wrap(tile), new Shape(1, SIDE, SIDE, 3), DataType.UINT8);
            NDArray samples = new Normalisation(List.of(10.0, 20.0, 30.0), List.of(64.0, 64.0, 64.0)).apply(bytes);
            return network.forward(new ParameterStore(manager, false), new NDList(samples), false)
                    .singletonOrThrow()
                    .toFloatArray();
        }
    }

    private static Map<String, FloatTensor> formula(NDManager manager) {
        SegmentationNetwork network = NetworkCatalog.build(NetworkSpec.parse(NETWORK));
        network.initialize(manager, DataType.FLOAT32, new Shape(1, 3, SIDE, SIDE));
        return FormulaWeights.of(network);
    }

    private static byte[] labels(PublishedCheckpoint made, byte[] tile) throws IOException {
        Path file = made.folder().resolve("model.fp32.pt");
        try (TorchScriptPredictor predictor =
                TorchScriptPredictor.load(file, made.manifest().input())) {
            return ((TileOutput.Labels) predictor.predict(List.of(tile)).get(0)).labels();
        }
    }

    private PublishedCheckpoint published(int version) throws IOException {
        return new CheckpointStore(folder.resolve("store")).resolve(CheckpointReference.parse("lesion@" + version));
    }

    private String store() {
        return folder.resolve("store").toString();
    }

    private int run(String network, Path weights, String... more) {
        return execute(arguments(network, weights, SIDE, more));
    }

    private String[] arguments(String network, Path weights, int size, String... more) {
        String[] common = {
            "import",
            "--network=" + network,
            "--from=" + weights,
            "--store=" + store(),
            "--name=lesion",
            "--size=" + size
        };
        return Stream.concat(Stream.of(common), Stream.of(more)).toArray(String[]::new);
    }

    private int execute(String... arguments) {
        StringWriter outWords = new StringWriter();
        StringWriter errWords = new StringWriter();
        int status = TrainerCli.commandLine()
                .setOut(new PrintWriter(outWords))
                .setErr(new PrintWriter(errWords))
                .execute(arguments);
        out = outWords.toString();
        err = errWords.toString();
        return status;
    }
}
