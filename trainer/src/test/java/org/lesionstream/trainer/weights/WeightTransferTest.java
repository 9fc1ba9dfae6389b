package org.lesionstream.trainer.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.graph.FloatTensor;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.testing.RandomNetworks;

class WeightTransferTest {

    private static final String UCTRANSNET = "uctransnet:base=4,layers=1,heads=2,expand=1,size=";

    @TempDir
    private Path folder;

    private NDManager manager;

    @BeforeEach
    void openTheEngine() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void closeTheEngine() {
        manager.close();
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource(delimiter = '|', textBlock = """
            unet-same:base=2,classes=1                        | unet-same:base=2,classes=3                        | outc.conv.bias outc.conv.weight
            unet-same:base=2,channels=3                       | unet-same:base=2,channels=1                       | inc.double_conv.0.weight
            unet-same:base=2                                  | unet-same:base=2                                  |
            unetpp-vgg:base=2,deep-supervision=true           | unetpp-vgg:base=2,classes=3,deep-supervision=true | final1.bias final1.weight final2.bias final2.weight final3.bias final3.weight final4.bias final4.weight
            unetpp-preact:base=2,deep-supervision=true        | unetpp-preact:base=2,classes=3                    | final_super_0_1.2.bias final_super_0_1.2.weight final_super_0_2.2.bias final_super_0_2.2.weight final_super_0_3.2.bias final_super_0_3.2.weight final_super_0_4.2.bias final_super_0_4.2.weight
            u2netp:scale=8                                    | u2netp:scale=8,classes=2                          | outconv.bias outconv.weight side1.bias side1.weight side2.bias side2.weight side3.bias side3.weight side4.bias side4.weight side5.bias side5.weight side6.bias side6.weight
            """)
    void copiesAllButWhatFollowsTheNumberOfClassesOrChannels(String from, String into, String fresh)
            throws WeightsMismatchException {
        WeightsFile weights = weights(from, 1);
        SegmentationNetwork network = RandomNetworks.build(into, manager, 32, 32, 2);
        Map<String, FloatTensor> drawn = StateDict.of(network);

        WeightTransfer transfer = WeightTransfer.load(weights, network);

        assertThat(transfer.fresh()).isEqualTo(names(fresh));
        assertThat(into.contains("channels=1") ? transfer.freshInputs() : transfer.freshHeads())
                .as("what follows the channels is told from what follows the classes")
                .isEqualTo(transfer.fresh());
        assertThat(transfer.left()).isEqualTo(transfer.fresh());
        assertThat(transfer.resampled()).isEmpty();
        Set<String> others = new TreeSet<>(drawn.keySet());
        others.removeAll(transfer.fresh());
        assertThat(transfer.copied()).isEqualTo(others);
        StateDict.of(network).forEach((name, tensor) -> assertThat(tensor.values())
                .as(name)
                .isEqualTo((transfer.fresh().contains(name)
                                ? drawn
                                : weights.content().tensors())
                        .get(name)
                        .values()));
        assertThat(transfer.parameters())
                .isEqualTo(transfer.copied().stream()
                        .mapToLong(name -> drawn.get(name).values().length)
                        .sum());
    }

    @Test
    void headsMayComeAndGoWithDeepSupervision() throws WeightsMismatchException {
        SegmentationNetwork network =
                RandomNetworks.build("unetpp-vgg:base=2,deep-supervision=true", manager, 32, 32, 2);
        WeightTransfer transfer = WeightTransfer.load(weights("unetpp-vgg:base=2", 1), network);
        assertThat(transfer.fresh()).hasSize(8).allMatch(name -> name.matches("final[1-4]\\.(weight|bias)"));
        assertThat(transfer.left()).containsExactly("final.bias", "final.weight");

        SegmentationNetwork alone = RandomNetworks.build("unetpp-vgg:base=2", manager, 32, 32, 2);
        WeightTransfer back = WeightTransfer.load(weights("unetpp-vgg:base=2,deep-supervision=true", 1), alone);
        assertThat(back.fresh()).isEqualTo(transfer.left());
        assertThat(back.left()).isEqualTo(transfer.fresh());
    }

    @Test
    void aTransformerWithAnotherGridAnswersAnImageOfThatSizeAsBefore() throws WeightsMismatchException {
        SegmentationNetwork before = RandomNetworks.build(UCTRANSNET + 32, manager, 64, 64, 1);
        SegmentationNetwork after = RandomNetworks.build(UCTRANSNET + 64, manager, 64, 64, 2);

        WeightTransfer transfer = WeightTransfer.load(WeightsFile.of(before, Normalisation.unit(3)), after);

        assertThat(transfer.resampled())
                .containsExactly(
                        "mtc.embeddings_1.position_embeddings",
                        "mtc.embeddings_2.position_embeddings",
                        "mtc.embeddings_3.position_embeddings",
                        "mtc.embeddings_4.position_embeddings");
        assertThat(transfer.fresh()).isEmpty();
        NDArray image = manager.randomUniform(-1, 1, new Shape(1, 3, 64, 64));
        assertThat(logits(after, image)).containsExactly(logits(before, image), within(1e-5f));
        assertThat(logits(after, image))
                .as("the answer depends on the image")
                .isNotEqualTo(logits(after, image.mul(-1)));
    }

    @Test
    void aTransformerWithTheSameGridIsCopiedWhole() throws WeightsMismatchException {
        SegmentationNetwork network = RandomNetworks.build(UCTRANSNET + "32,classes=4", manager, 64, 64, 2);
        WeightTransfer transfer = WeightTransfer.load(weights(UCTRANSNET + 32, 1), network);
        assertThat(transfer.resampled()).isEmpty();
        assertThat(transfer.fresh()).containsExactly("outc.bias", "outc.weight");
    }

    @Test
    void refusesAnotherWidthByNameAndChangesNothing() {
        SegmentationNetwork network = RandomNetworks.build("unet-same:base=4,classes=3", manager, 32, 32, 2);
        Map<String, FloatTensor> drawn = StateDict.of(network);

        WeightsMismatchException mismatch = catchThrowableOfType(
                WeightsMismatchException.class, () -> WeightTransfer.load(weights("unet-same:base=2", 1), network));

        assertThat(mismatch.problems())
                .contains("wrong shape: down1.maxpool_conv.1.double_conv.0.weight is [4, 2, 3, 3],"
                        + " the network has [8, 4, 3, 3]")
                .noneMatch(problem -> problem.contains("outc"));
        StateDict.of(network).forEach((name, tensor) -> assertThat(tensor.values())
                .as(name)
                .isEqualTo(drawn.get(name).values()));
    }

    @Test
    void refusesAnotherNetworkByName() {
        SegmentationNetwork network = RandomNetworks.build("unet-vgg:base=2", manager, 32, 32, 2);
        WeightsMismatchException mismatch = catchThrowableOfType(
                WeightsMismatchException.class, () -> WeightTransfer.load(weights("unet-same:base=2", 1), network));
        assertThat(mismatch.problems())
                .contains("unexpected: inc.double_conv.1.weight [2]", "missing: conv0_0.bn1.weight (2)");
        SegmentationNetwork narrower = RandomNetworks.build("unet-vgg:base=2,depth=3", manager, 32, 32, 2);
        assertThat(catchThrowableOfType(
                                WeightsMismatchException.class,
                                () -> WeightTransfer.load(weights("unet-vgg:base=2", 1), narrower))
                        .problems())
                .as("a level that is too many is no head")
                .anyMatch(problem -> problem.startsWith("unexpected: conv4_0."));
    }

    @Test
    void refusesANetworkThatWasNotInitialised() {
        SegmentationNetwork network = NetworkCatalog.build(NetworkSpec.parse("unet-same:base=2"));
        assertThatThrownBy(() -> WeightTransfer.load(weights("unet-same:base=2", 1), network))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be initialised");
    }

    @Test
    void readsTheWeightsOfAVersionAndSaysWhichHasNone() throws IOException {
        WeightsFile weights = weights("unet-same:base=2", 1);
        assertThatThrownBy(() -> WeightsFile.ofVersion(folder, "lesion@3"))
                .isInstanceOf(IOException.class)
                .hasMessage("lesion@3 has no weights.safetensors to start from; a version that was adopted keeps its"
                        + " weights inside of the module and cannot be trained on");
        weights.write(folder.resolve("weights.safetensors"));
        assertThat(WeightsFile.ofVersion(folder, "lesion@3").network()).isEqualTo(weights.network());
    }

    private WeightsFile weights(String spec, long seed) {
        SegmentationNetwork network = RandomNetworks.build(spec, manager, 32, 32, seed);
        return WeightsFile.of(network, Normalisation.unit(network.channels()));
    }

    private static float[] logits(SegmentationNetwork network, NDArray image) {
        return network.forward(
                        new ParameterStore(image.getManager(), false),
                        new NDList(image.toType(DataType.FLOAT32, false)),
                        false)
                .singletonOrThrow()
                .toFloatArray();
    }

    private static Set<String> names(String text) {
        return text == null ? Set.of() : new TreeSet<>(Set.of(text.split(" ")));
    }
}
