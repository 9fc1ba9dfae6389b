package org.lesionstream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.CheckpointManifest;
import org.lesionstream.schemas.checkpoint.CheckpointReference;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.Lineage;
import org.lesionstream.schemas.checkpoint.NetworkDescription;
import org.lesionstream.schemas.checkpoint.OutputKind;
import org.lesionstream.schemas.checkpoint.OutputSpec;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.checkpoint.SegmentClass;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.evaluation.TorchScriptPredictor;
import org.lesionstream.trainer.export.CheckpointExporter;
import org.lesionstream.trainer.export.ExportPlan;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.registry.CheckpointStore;
import org.lesionstream.trainer.registry.PublishedCheckpoint;
import org.lesionstream.trainer.testing.DiscPictures;
import org.lesionstream.trainer.testing.RandomNetworks;
import org.lesionstream.trainer.weights.SafetensorsFile;
import org.lesionstream.trainer.weights.WeightsFile;

class ExportCommandsTest {

    @TempDir
    private Path folder;

    private String out = "";
    private String err = "";

    @Test
    void exportsTheWeightsOfAVersionAsTheNextOne() throws IOException {
        CheckpointStore store = new CheckpointStore(folder);
        CheckpointManifest first = store.publish("lesion", this::anExport).manifest();

        assertThat(run("export", "--checkpoint", "lesion@1", "--store", folder.toString(), "--precision", "bf16"))
                .as(err)
                .isZero();

        CheckpointManifest second =
                store.resolve(CheckpointReference.parse("lesion@2")).manifest();
        assertThat(out).contains("published lesion@2 sha256:" + second.digest());
        assertThat(second.files())
                .extracting(CheckpointFile::precision)
                .containsExactly(Precision.FP32, Precision.BF16);
        assertThat(second.files().get(0).sha256())
                .as("same weights, same file")
                .isEqualTo(first.files().get(0).sha256());
        assertThat(second.input()).isEqualTo(first.input());
        assertThat(second.producer()).startsWith("lesionstream trainer ");
    }

    @Test
    void anExportSaysWhatItWasMadeFromAndInheritsDataAndRecipe() throws IOException {
        CheckpointStore store = new CheckpointStore(folder.resolve("store"));
        Digest data = Digest.of(new byte[] {1});
        Lineage.Recipe recipe = new Lineage.Recipe("quick", Digest.of(new byte[] {2}));
        CheckpointManifest first = store.publish("lesion", Lineage.trained(data, Optional.of(recipe)), this::anExport)
                .manifest();

        assertThat(exportFp32("lesion@1")).as(err).isZero();

        PublishedCheckpoint made = store.resolve(CheckpointReference.parse("lesion@2"));
        Lineage lineage = store.lineage(made.manifest()).orElseThrow();
        assertThat(lineage)
                .isEqualTo(Lineage.exported(first.identity(), Optional.of(data), Optional.of(recipe))
                        .withWeights(Digest.of(made.folder().resolve("weights.safetensors"))));
    }

    @Test
    void anExportOfAnOldVersionKnowsItsDataFromItsTraining() throws IOException {
        CheckpointStore store = new CheckpointStore(folder.resolve("store"));
        Digest data = Digest.of(new byte[] {1});
        store.publish("lesion", draft -> {
            IntFunction<CheckpointManifest> manifests = anExport(draft);
            Files.writeString(draft.resolve("training.json"), "{\"data\":{\"sha256\":\"" + data + "\"}}");
            return manifests;
        });

        assertThat(exportFp32("lesion@1")).as(err).isZero();

        CheckpointManifest made = store.find(CheckpointReference.parse("lesion@2"));
        assertThat(store.lineage(made).orElseThrow().data()).contains(data);
        assertThat(store.lineage(made).orElseThrow().recipe()).isEmpty();
    }

    @Test
    void aNewExportKeepsWhatIsKnownAboutTheWeights() throws IOException {
        CheckpointStore store = new CheckpointStore(folder.resolve("store"));
        Path first = store.publish("lesion", this::anExport).folder();
        DiscPictures.write(folder.resolve("images/val"), folder.resolve("masks"), 2, 40, 48, 1);

        assertThat(run("export", "--checkpoint", "lesion@1", "--store", storeFolder()))
                .as(err)
                .isZero();
        assertThat(out).contains("verified on noise");
        assertThat(exportDocument(2)).contains("\"source\" : \"lesion@1\"", "\"verifiedOn\" : \"noise\"");
        for (String name : List.of("training.json", "metrics.json", "weights.safetensors")) {
            assertThat(folder.resolve("store/lesion/2/" + name)).hasSameBinaryContentAs(first.resolve(name));
        }

        String images = folder.resolve("images").toString();
        assertThat(run("export", "--checkpoint", "lesion@2", "--store", storeFolder(), "--images", images))
                .as(err)
                .isZero();
        assertThat(out).contains("verified on 2 tiles of pictures");
        assertThat(exportDocument(3)).contains("\"verifiedOn\" : \"images\"", "\"tiles\" : 2");
    }

    @Test
    void aPrunedExportAnswersWhatThatHeadOfTheWholeNetworkSays() throws IOException {
        CheckpointStore store = new CheckpointStore(folder.resolve("store"));
        store.publish("lesion", draft -> anExport("unetpp-vgg:base=4,deep-supervision=true", draft));
        byte[] tile = new byte[32 * 32 * 3];
        new Random(3).nextBytes(tile);

        assertThat(run("export", "--checkpoint", "lesion@1", "--store", storeFolder(), "--prune", "l2"))
                .as(err)
                .isZero();
        assertThat(run("export", "--checkpoint", "lesion@2", "--store", storeFolder()))
                .as(err)
                .isZero();

        List<float[]> heads = logits(folder.resolve("store/lesion/1/weights.safetensors"), tile);
        for (int version : List.of(2, 3)) { // pruned, and exported anew without another word
            byte[] labels = labels(store, version, tile);
            assertThat(differing(labels, heads.get(1))).isZero();
            assertThat(differing(labels, heads.get(3)))
                    .as("another head says something else")
                    .isPositive();
        }
        CheckpointManifest pruned =
                store.resolve(CheckpointReference.parse("lesion@2")).manifest();
        assertThat(pruned.network().options()).containsEntry("pruned", "L2");
        assertThat(folder.resolve("store/lesion/2/training.json")).exists();
        assertThat(folder.resolve("store/lesion/2/metrics.json"))
                .as("those figures are of another head")
                .doesNotExist();
    }

    @Test
    void refusesToPruneANetworkWithOneHead() throws IOException {
        new CheckpointStore(folder.resolve("store")).publish("lesion", this::anExport);

        assertThat(run("export", "--checkpoint", "lesion@1", "--store", storeFolder(), "--prune", "L1"))
                .isEqualTo(1);
        assertThat(err.strip())
                .contains("needs a network with deep supervision", "unet-same:base=2")
                .hasLineCount(1);
        assertThat(folder.resolve("store/lesion/2")).doesNotExist();
    }

    @Test
    void anAccurateExportAnswersWithTheAverageUntilFastIsAskedForAgain() throws IOException {
        CheckpointStore store = new CheckpointStore(folder.resolve("store"));
        store.publish("lesion", draft -> anExport("unetpp-vgg:base=4,deep-supervision=true", draft));
        byte[] tile = new byte[32 * 32 * 3];
        new Random(3).nextBytes(tile);

        assertThat(exportFp32("lesion@1", "--mode", "accurate")).as(err).isZero();
        assertThat(exportFp32("lesion@2")).as(err).isZero();
        assertThat(exportFp32("lesion@3", "--mode", "fast")).as(err).isZero();

        List<float[]> heads = logits(folder.resolve("store/lesion/1/weights.safetensors"), tile);
        float[] average = new float[32 * 32]; // less a half, so that its sign decides
        for (float[] head : heads) {
            for (int pixel = 0; pixel < average.length; pixel++) {
                average[pixel] += (float) ((1 / (1 + Math.exp(-head[pixel])) - 0.5) / heads.size());
            }
        }
        for (int version : List.of(2, 3)) { // averaged, and exported anew without another word
            byte[] labels = labels(store, version, tile);
            assertThat(differing(labels, average)).isZero();
            assertThat(differing(labels, heads.get(3)))
                    .as("one head says something else")
                    .isPositive();
        }
        assertThat(differing(labels(store, 4, tile), heads.get(3))).isZero();
        assertThat(options(store, 2)).containsEntry("mode", "accurate");
        assertThat(options(store, 3)).isEqualTo(options(store, 2));
        assertThat(options(store, 4)).isEqualTo(options(store, 1)).doesNotContainKey("mode");
    }

    @Test
    void theDeepestLevelIsTheWholeNetworkAndKeepsItsScores() throws IOException {
        CheckpointStore store = new CheckpointStore(folder.resolve("store"));
        store.publish("lesion", draft -> anExport("unetpp-vgg:base=2,deep-supervision=true", draft));

        assertThat(exportFp32("lesion@1", "--prune", "L4")).as(err).isZero();

        assertThat(options(store, 2)).isEqualTo(options(store, 1));
        assertThat(folder.resolve("store/lesion/2/metrics.json")).exists();
    }

    @Test
    void refusesModesThatDoNotExistOrDoNotGoTogether() {
        assertThat(exportFp32("lesion@1", "--prune", "accurate")).isEqualTo(2);
        assertThat(err).contains("must be a level such as L2, was 'accurate'");
        assertThat(exportFp32("lesion@1", "--prune", "L0")).isEqualTo(2);
        assertThat(exportFp32("lesion@1", "--mode", "L2")).isEqualTo(2);
        assertThat(err).contains("must be fast or accurate, was 'L2'");
        assertThat(exportFp32("lesion@1", "--mode", "accurate", "--prune", "L2"))
                .isEqualTo(2);
        assertThat(err).contains("mutually exclusive");
    }

    private int exportFp32(String version, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("export", "--checkpoint", version, "--store", storeFolder(), "--precision", "fp32"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private static Map<String, String> options(CheckpointStore store, int version) throws IOException {
        return store.resolve(CheckpointReference.parse("lesion@" + version))
                .manifest()
                .network()
                .options();
    }

    private static List<float[]> logits(Path weightsFile, byte[] tile) throws IOException {
        WeightsFile weights = WeightsFile.read(weightsFile);
        try (NDManager manager = NDManager.newBaseManager()) {
            SegmentationNetwork network = weights.build(manager, new Shape(1, 3, 32, 32));
            NDArray bytes = manager.create(ByteBuffer.wrap(tile), new Shape(1, 32, 32, 3), DataType.UINT8);
            return network
                    .forward(
                            new ParameterStore(manager, false),
                            new NDList(weights.normalisation().apply(bytes)),
                            false)
                    .stream()
                    .map(NDArray::toFloatArray)
                    .toList();
        }
    }

    private static byte[] labels(CheckpointStore store, int version, byte[] tile) throws IOException {
        PublishedCheckpoint made = store.resolve(CheckpointReference.parse("lesion@" + version));
        Path file = made.folder().resolve("model.fp32.pt");
        try (TorchScriptPredictor predictor =
                TorchScriptPredictor.load(file, made.manifest().input())) {
            return ((TileOutput.Labels) predictor.predict(List.of(tile)).get(0)).labels();
        }
    }

    /** Pixels whose label is not the sign of a logit that is clearly on one side. */
    private static int differing(byte[] labels, float[] logits) {
        int differing = 0;
        for (int pixel = 0; pixel < labels.length; pixel++) {
            boolean clear = Math.abs(logits[pixel]) > 1e-3;
            differing += clear && (labels[pixel] == 1) != (logits[pixel] > 0) ? 1 : 0;
        }
        return differing;
    }

    private String storeFolder() {
        return folder.resolve("store").toString();
    }

    private String exportDocument(int version) throws IOException {
        return Files.readString(folder.resolve("store/lesion/" + version + "/export.json"));
    }

    private IntFunction<CheckpointManifest> anExport(Path draft) throws IOException {
        return anExport("unet-same:base=2", draft);
    }

    private static IntFunction<CheckpointManifest> anExport(String text, Path draft) throws IOException {
        NetworkSpec spec = NetworkSpec.parse(text);
        Files.writeString(draft.resolve("training.json"), "{\"network\": \"" + text + "\"}");
        Files.writeString(draft.resolve("metrics.json"), "{}");
        InputSpec input = InputSpec.tiles(32, 32, 3, 0, 16);
        OutputSpec output = new OutputSpec(OutputKind.LABELS, 1, 0.5);
        Normalisation normalisation = new Normalisation(List.of(1.0, 2.0, 3.0), List.of(50.0, 60.5, 70.25));
        try (NDManager manager = NDManager.newBaseManager()) {
            SegmentationNetwork network = RandomNetworks.build(text, manager, 32, 32, 1);
            List<CheckpointFile> files =
                    CheckpointExporter.export(network, ExportPlan.of(input, normalisation, output, List.of()), draft);
            return version -> new CheckpointManifest(
                    "lesion",
                    version,
                    new NetworkDescription(spec.name(), spec.options()),
                    List.of(new SegmentClass(1, "lesion", Optional.empty())),
                    input,
                    output,
                    LesionRules.ALL,
                    files,
                    "test",
                    Instant.parse("2026-11-20T12:00:00Z"));
        }
    }

    @Test
    void goldenRefusesByNameAndFails() throws IOException {
        Path file = folder.resolve("strange.safetensors");
        new SafetensorsFile(
                        Map.of("network", "vnet", "mode", "eval", "config", "{\"in_channels\":1,\"num_classes\":1}"),
                        Map.of())
                .write(file);

        assertThat(run("golden", file.toString())).isEqualTo(1);
        assertThat(out).startsWith("strange.safetensors: FAIL: network vnet is not known here");
    }

    @Test
    void goldenGoesOnAfterABadFile() throws IOException {
        Path damaged = Files.writeString(folder.resolve("damaged.safetensors"), "not a safetensors file");
        Path absent = folder.resolve("absent.safetensors");
        Path disagreeing = folder.resolve("disagreeing.safetensors");
        Map<String, FloatTensor> tensors = new TreeMap<>();
        try (NDManager manager = NDManager.newBaseManager()) {
            SegmentationNetwork network =
                    RandomNetworks.build("unet-same:base=2,channels=1,classes=1", manager, 16, 16, 1);
            WeightsFile.of(network, Normalisation.unit(1))
                    .content()
                    .tensors()
                    .forEach((name, tensor) -> tensors.put("param." + name, tensor));
        }
        tensors.put("input", new FloatTensor(new long[] {1, 1, 16, 16}, new float[256]));
        tensors.put("output", new FloatTensor(new long[] {1, 1, 8, 8}, new float[64]));
        new SafetensorsFile(
                        Map.of(
                                "network",
                                "unet-same",
                                "mode",
                                "eval",
                                "config",
                                "{\"in_channels\":1,\"num_classes\":1,\"base\":2,\"bilinear\":false}"),
                        tensors)
                .write(disagreeing);

        assertThat(run("golden", damaged.toString(), absent.toString(), disagreeing.toString()))
                .isEqualTo(1);
        assertThat(out.lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("damaged.safetensors: FAIL: "),
                        line -> assertThat(line).isEqualTo("absent.safetensors: FAIL: there is no such file"),
                        line -> assertThat(line)
                                .startsWith("disagreeing.safetensors: FAIL: ")
                                .contains("an output has the shape"),
                        line -> assertThat(line).isEqualTo("golden: files=3 ok=0 within-2e-5=0 failed=3"));
    }

    @Test
    void goldenComparesLossesByValueAndGradient() throws IOException {
        Path file = folder.resolve("loss.safetensors");
        float ln2 = (float) Math.log(2);
        Map<String, FloatTensor> tensors = new TreeMap<>();
        tensors.put("logits", new FloatTensor(new long[] {1, 1, 1, 2}, new float[2]));
        tensors.put("target", new FloatTensor(new long[] {1, 1, 1, 2}, new float[] {1, 0}));
        tensors.put("loss.bce", new FloatTensor(new long[] {1}, new float[] {ln2}));
        tensors.put("grad.bce", new FloatTensor(new long[] {1, 1, 1, 2}, new float[] {-0.25f, 0.25f}));
        new SafetensorsFile(Map.of("network", "loss-bcedice", "mode", "data", "config", "{}"), tensors).write(file);

        assertThat(run("golden", file.toString())).as(out).isZero();
        assertThat(out).containsPattern("loss.safetensors: values and gradients of 1 losses error=[0-9.e+-]+ ok\\R");

        tensors.put("grad.bce", new FloatTensor(new long[] {1, 1, 1, 2}, new float[] {-0.25f, 0.26f}));
        new SafetensorsFile(Map.of("network", "loss-bcedice", "mode", "data", "config", "{}"), tensors).write(file);

        assertThat(run("golden", file.toString())).isEqualTo(1);
        assertThat(out).contains("values and gradients of 1 losses error=3.8e-02 FAIL");

        tensors.put("loss.hinge", new FloatTensor(new long[] {1}, new float[] {ln2}));
        new SafetensorsFile(Map.of("network", "loss-bcedice", "mode", "data", "config", "{}"), tensors).write(file);

        assertThat(run("golden", file.toString())).isEqualTo(1);
        assertThat(out).contains("FAIL: there is no loss for \"hinge\"");
    }

    @Test
    void benchmarkPrintsTheRatiosOfTheTimesItSaw() {
        assertThat(run("benchmark", "--network", "unet-same:base=2", "--batch", "1", "--size", "32", "--rounds", "1"))
                .as(err)
                .isZero();

        assertThat(out)
                .containsPattern("(?m)^block fp32 ")
                .containsPattern("(?m)^export bf16 ")
                .containsPattern(
                        "benchmark: network=unet-same:base=2 batch=1 size=32 threads=2 block-ms=[0-9.]+ .* bf16-ratio=[0-9.]+\\R");
    }

    private int run(String... arguments) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        int status = TrainerCli.commandLine()
                .setOut(new PrintWriter(outText, true))
                .setErr(new PrintWriter(errText, true))
                .execute(arguments);
        out = outText.toString();
        err = errText.toString();
        return status;
    }
}
