package org.lesionstream.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionstream.schemas.checkpoint.CheckpointFile;
import org.lesionstream.schemas.checkpoint.Digest;
import org.lesionstream.schemas.checkpoint.OutputKind;
import org.lesionstream.schemas.checkpoint.OutputSpec;
import org.lesionstream.schemas.checkpoint.Precision;
import org.lesionstream.schemas.image.GeometryKind;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.IntensityRule;
import org.lesionstream.schemas.image.SampleType;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.graph.Tracer;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.testing.RandomNetworks;
import org.lesionstream.trainer.weights.StateDict;
import org.lesionstream.trainer.weights.WeightsFile;

class CheckpointExporterTest {
    private static final Normalisation NORMALISATION =
            new Normalisation(List.of(100.0, 120.5, 90.0), List.of(50.0, 60.0, 44.5));

    private final NDManager manager = NDManager.newBaseManager();

    @TempDir
    private Path folder;

    @AfterEach
    void release() {
        manager.close();
    }

    // The exporter itself compares every byte of the fp32 file with the block, so that what it accepts is right.
    @ParameterizedTest
    @CsvSource({
        "1,LABELS,UINT8",
        "3,LABELS,UINT8",
        "1,PROBABILITIES,UINT8",
        "3,PROBABILITIES,UINT8",
        "1,LABELS,INT16",
        "2,LABELS,INT16"
    })
    void filesAnswerWhatTheNetworkSays(int classes, OutputKind kind, SampleType type) throws IOException {
        SegmentationNetwork network = RandomNetworks.build("unet-same:base=4,classes=" + classes, manager, 32, 32, 9);
        OutputSpec output = new OutputSpec(kind, classes, 0.4);
        ExportPlan plan = ExportPlan.of(input(kind, type), normalisation(type), output, List.of());

        List<CheckpointFile> files = CheckpointExporter.export(network, plan, folder);

        assertThat(files).extracting(CheckpointFile::precision).containsExactly(Precision.values());
        for (CheckpointFile file : files) {
            assertThat(file.sha256()).isEqualTo(Digest.of(folder.resolve(file.file())));
            assertThat(file.drift().labelDisagreement()).as("%s", file).isLessThan(0.05);
            assertThat(file.drift().dice()).as("%s", file).isGreaterThan(0.95);
        }
        assertThat(files.get(0).drift().labelDisagreement()).isZero();
    }

    @Test
    void answersWithBothLabelsSomewhere() throws IOException {
        SegmentationNetwork network = RandomNetworks.build("unet-same:base=4", manager, 32, 32, 9);
        Path file = written(network, NORMALISATION);

        byte[] labels = ask(file);

        assertThat(labels).contains((byte) 0, (byte) 1).hasSize(32 * 32);
    }

    @Test
    void aFileOfAnotherNetworkIsNotAccepted() throws IOException {
        SegmentationNetwork network = RandomNetworks.build("unet-same:base=4", manager, 32, 32, 10);
        SegmentationNetwork other = RandomNetworks.build("unet-same:base=4", manager, 32, 32, 11);
        ExportVerifier verifier = new ExportVerifier(plan(NORMALISATION));

        assertThatThrownBy(() -> verifier.verifyReference(network, written(other, NORMALISATION)))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("the network has the probabilities");
    }

    @Test
    void aFileWithAnotherNormalisationIsNotAccepted() throws IOException {
        SegmentationNetwork network = RandomNetworks.build("unet-same:base=4", manager, 32, 32, 10);
        ExportVerifier verifier = new ExportVerifier(plan(NORMALISATION));

        assertThatThrownBy(() -> verifier.verifyReference(network, written(network, Normalisation.unit(3))))
                .isInstanceOf(ExportException.class);
    }

    @Test
    void driftBeyondTheLimitOnGivenTilesIsNotAccepted() throws IOException {
        SegmentationNetwork network = RandomNetworks.build("unet-same:base=4", manager, 32, 32, 10);
        SegmentationNetwork other = RandomNetworks.build("unet-same:base=4", manager, 32, 32, 11);
        byte[] tile = new byte[32 * 32 * 3];
        new Random(1).nextBytes(tile);
        ExportVerifier verifier = new ExportVerifier(ExportPlan.of(
                InputSpec.tiles(32, 32, 3, 0, 16),
                NORMALISATION,
                new OutputSpec(OutputKind.LABELS, 1, 0.5),
                List.of(tile)));
        verifier.verifyReference(network, written(network, NORMALISATION));

        assertThatThrownBy(() -> verifier.drift(written(other, NORMALISATION)))
                .hasMessageContaining("other labels than fp32");
    }

    @Test
    void anEarlierHeadGivesASmallerFile() throws IOException {
        SegmentationNetwork network =
                RandomNetworks.build("unetpp-vgg:base=4,deep-supervision=true", manager, 32, 32, 12);
        List<Long> sizes = new ArrayList<>();
        for (int head = 0; head < 4; head++) {
            ExportPlan plan = new ExportPlan(
                    InputSpec.tiles(32, 32, 3, 0, 16),
                    NORMALISATION,
                    new OutputSpec(OutputKind.LABELS, 1, 0.5),
                    InferenceMode.pruned(head + 1),
                    EnumSet.of(Precision.FP32),
                    List.of());
            sizes.add(CheckpointExporter.export(network, plan, java.nio.file.Files.createTempDirectory(folder, "head"))
                    .get(0)
                    .bytes());
        }

        assertThat(sizes).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"1,LABELS", "3,LABELS", "1,PROBABILITIES", "3,PROBABILITIES"})
    void anAccurateFileAnswersWithTheAverageOfTheHeads(int classes, OutputKind kind) throws IOException {
        SegmentationNetwork network =
                RandomNetworks.build("unetpp-vgg:base=2,deep-supervision=true,classes=" + classes, manager, 32, 32, 12);
        ExportPlan accurate = plan(InferenceMode.ACCURATE, classes, kind);

        List<CheckpointFile> files = CheckpointExporter.export(network, accurate, folder);

        // The exporter compared every byte with the block's own average; that this says anything is the other half.
        assertThat(files).extracting(CheckpointFile::precision).containsExactly(Precision.values());
        assertThat(files)
                .allSatisfy(file -> assertThat(file.drift().labelDisagreement()).isLessThan(0.05));
        for (InferenceMode other : List.of(InferenceMode.FAST, InferenceMode.pruned(3))) {
            assertThatThrownBy(() -> new ExportVerifier(plan(other, classes, kind))
                            .verifyReference(network, folder.resolve("model.fp32.pt")))
                    .as("%s", other)
                    .isInstanceOf(ExportException.class);
        }
    }

    @Test
    void refusesToAverageOneHead() {
        SegmentationNetwork network = RandomNetworks.build("unetpp-vgg:base=2", manager, 32, 32, 12);

        assertThatThrownBy(() ->
                        CheckpointExporter.export(network, plan(InferenceMode.ACCURATE, 1, OutputKind.LABELS), folder))
                .hasMessageStartingWith("mode accurate needs a network with deep supervision")
                .hasMessageEndingWith("was unetpp-vgg:base=2");
        assertThat(folder).isEmptyDirectory();
    }

    private static ExportPlan plan(InferenceMode mode, int classes, OutputKind kind) {
        return new ExportPlan(
                input(kind, SampleType.UINT8),
                NORMALISATION,
                new OutputSpec(kind, classes, 0.5),
                mode,
                EnumSet.allOf(Precision.class),
                List.of());
    }

    @Test
    void weightsBuildTheSameNetworkAgain() throws IOException {
        SegmentationNetwork network = RandomNetworks.build("unet-same:base=4,up=bilinear", manager, 32, 32, 13);
        Path file = folder.resolve("weights.safetensors");
        WeightsFile.of(network, NORMALISATION).write(file);

        WeightsFile read = WeightsFile.read(file);
        SegmentationNetwork again = read.build(manager, new Shape(1, 3, 32, 32));

        assertThat(read.normalisation()).isEqualTo(NORMALISATION);
        assertThat(again.spec()).isEqualTo(network.spec());
        StateDict.of(network).forEach((name, tensor) -> assertThat(
                        StateDict.of(again).get(name).values())
                .as(name)
                .isEqualTo(tensor.values()));
    }

    @Test
    void weightsOfAnotherNetworkAreRefusedByName() {
        SegmentationNetwork network = RandomNetworks.build("unet-same:base=4", manager, 32, 32, 14);
        SegmentationNetwork other = RandomNetworks.build("unet-same:base=4,up=bilinear", manager, 32, 32, 14);
        SegmentationNetwork wider = RandomNetworks.build("unet-same:base=8", manager, 32, 32, 14);
        Shape image = new Shape(1, 3, 32, 32);

        assertThatThrownBy(() -> StateDict.load(other, StateDict.of(network), manager, image))
                .hasMessageContaining("unknown [up1.up.bias");
        assertThatThrownBy(() -> StateDict.load(wider, StateDict.of(network), manager, image))
                .hasMessageContaining("inc.double_conv.0.weight must have the shape (8, 3, 3, 3), was [4, 3, 3, 3]");
    }

    private static ExportPlan plan(Normalisation normalisation) {
        return ExportPlan.of(
                InputSpec.tiles(32, 32, 3, 0, 16), normalisation, new OutputSpec(OutputKind.LABELS, 1, 0.5), List.of());
    }

    private Path written(SegmentationNetwork network, Normalisation normalisation) throws IOException {
        Path file = java.nio.file.Files.createTempFile(folder, "model", ".pt");
        TorchScriptWriter.write(
                ServingGraph.labels(
                        ExportPasses.of(Precision.FP32).apply(Tracer.trace(network, 32, 32)),
                        InputSpec.tiles(32, 32, 3, 0, 16),
                        normalisation,
                        0.5),
                file);
        return file;
    }

    private byte[] ask(Path file) throws IOException {
        byte[] tile = new byte[32 * 32 * 3];
        new Random(2).nextBytes(tile);
        try (TorchScriptModule module = TorchScriptModule.load(file)) {
            return module.run(
                            manager,
                            new ai.djl.ndarray.NDList(manager.create(
                                    java.nio.ByteBuffer.wrap(tile),
                                    new Shape(1, 32, 32, 3),
                                    ai.djl.ndarray.types.DataType.UINT8)))
                    .get(0)
                    .toByteArray();
        }
    }

    private static Normalisation normalisation(SampleType type) {
        return type == SampleType.UINT8
                ? NORMALISATION
                : new Normalisation(List.of(-100.0, 0.0, 2000.0), List.of(20000.0, 19000.0, 15000.0));
    }

    private static InputSpec input(OutputKind kind, SampleType type) {
        GeometryKind geometry = kind == OutputKind.LABELS ? GeometryKind.TILES : GeometryKind.FIT;
        return new InputSpec(32, 32, 3, type, geometry, 0, 16, Optional.empty(), new IntensityRule.Identity(), 32, 32);
    }
}
