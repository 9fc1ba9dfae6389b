package org.lesionstream.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.schemas.image.TileOutput;
import org.lesionstream.schemas.lesion.LesionRules;
import org.lesionstream.schemas.message.FailureCode;
import org.lesionstream.worker.failure.SegmentationException;
import org.lesionstream.worker.testing.SettingsOf;
import org.lesionstream.worker.testing.TestStore;
import org.lesionstream.worker.testing.TinyNetwork;

/** The contract on the real engine, and what only a real engine can get wrong. */
class TorchScriptSegmenterTest extends SegmenterContract {

    private static final InferenceSettings SETTINGS = SettingsOf.inference(PrecisionChoice.FP32, BATCH_SIZES);

    @TempDir
    private static Path folder;

    private static TorchEngine engine;
    private static LoadedSegmenter threshold;

    @BeforeAll
    static void loadTheThresholdNetwork() throws IOException {
        engine = TorchEngine.start(SETTINGS);
        threshold = load(TinyNetwork.THRESHOLD.archive(), INPUT);
    }

    @AfterAll
    static void unload() {
        threshold.close();
    }

    @Override
    Segmenter segmenter() {
        return threshold;
    }

    @Test
    void namesEngineVersionAndDevice() {
        assertThat(engine.name()).matches("pytorch \\d+\\.\\d+\\.\\d+ cpu");
    }

    @Test
    void keepsTheEngineFromReachingOut() {
        assertThat(List.of("ai.djl.offline", "offline", "OPT_OUT_TRACKING"))
                .allSatisfy(property -> assertThat(System.getProperty(property)).isEqualTo("true"));
    }

    @Test
    void tellsTheStepsOfARunInTheirOrder() {
        List<String> told = new ArrayList<>();
        RunSteps steps = new RunSteps() {
            @Override
            public void begun() {
                told.add("begun");
            }

            @Override
            public void ended(Step step) {
                told.add(step.name());
            }
        };

        threshold.segment(Tiles.inputs(Tiles.random(INPUT, 1, 8)), 1, steps);

        assertThat(told).containsExactly("begun", "INPUT", "INFERENCE", "OUTPUT");
    }

    @Test
    void givesProbabilityPlanesForNetworksThatFit() throws IOException {
        InputSpec fit = InputSpec.fit(4, 6, 3);
        byte[] tile = Tiles.random(fit, 1, 7).get(0);

        try (LoadedSegmenter segmenter = load(TinyNetwork.PROBABILITY.archive(), fit)) {
            TileOutput.Probabilities output = (TileOutput.Probabilities)
                    segmenter.segment(List.of(TileInput.of(tile)), 1).get(0);

            assertThat(output.planes()).hasSize(24);
            for (int pixel = 0; pixel < 24; pixel++) {
                assertThat(output.planes()[pixel]).isEqualTo(tile[3 * pixel]);
            }
        }
    }

    @Test
    void refusesANetworkThatDoesNotGiveWhatItsManifestSays() throws IOException {
        try (LoadedSegmenter segmenter = load(TinyNetwork.PROBABILITY.archive(), INPUT)) {
            assertCode(
                    FailureCode.CHECKPOINT_CORRUPT,
                    () -> segmenter.segment(Tiles.inputs(Tiles.random(INPUT, 1, 8)), 1));
        }
    }

    @Test
    void refusesAFileThatIsNoNetwork() {
        assertCode(FailureCode.CHECKPOINT_CORRUPT, () -> load(new byte[] {1, 2, 3}, INPUT));
    }

    @Test
    void letsAFailingRunCostOnlyTheTileThatCausedIt() throws IOException {
        List<byte[]> tiles = List.of(
                Tiles.filled(INPUT, 1), Tiles.filled(INPUT, 200), Tiles.filled(INPUT, 254), Tiles.filled(INPUT, 3));

        try (LoadedSegmenter segmenter = load(TinyNetwork.THRESHOLD_THAT_FAILS_AT_254.archive(), INPUT)) {
            List<BatchSplitter.Part> parts = BatchSplitter.run(
                            segmenter, new TreeSet<>(BATCH_SIZES), Tiles.inputs(tiles))
                    .parts();

            assertThat(parts.get(2)).isInstanceOfSatisfying(BatchSplitter.Part.Failed.class, part -> assertThat(
                            part.failure().code())
                    .isEqualTo(FailureCode.INFERENCE_FAILED));
            for (int mate : new int[] {0, 1, 3}) {
                Tiles.assertSame(
                        ((BatchSplitter.Part.Segmented) parts.get(mate)).output(),
                        threshold
                                .segment(List.of(TileInput.of(tiles.get(mate))), 1)
                                .get(0));
            }
        }
    }

    @Test
    void keepsEveryByteOfRealConvolutionsWhateverTheBatch() throws IOException {
        InputSpec input = InputSpec.tiles(64, 48, 3, 0, 1);
        List<byte[]> tiles = Tiles.random(input, 4, 9);

        try (LoadedSegmenter segmenter = load(TinyNetwork.CONVOLUTIONS.archive(), input)) {
            List<TileOutput> together = segmenter.segment(Tiles.inputs(tiles), 4);

            TileOutput.Labels first = (TileOutput.Labels) together.get(0);
            assertThat(first.labels()).contains(0, 1);
            for (int i = 0; i < tiles.size(); i++) {
                Tiles.assertSame(
                        segmenter
                                .segment(List.of(TileInput.of(tiles.get(i))), 1)
                                .get(0),
                        together.get(i));
            }
            List<TileOutput> padded = segmenter.segment(Tiles.inputs(tiles.subList(1, 4)), 4);
            for (int i = 0; i < padded.size(); i++) {
                Tiles.assertSame(padded.get(i), together.get(i + 1));
            }
        }
    }

    @Test
    void refusesToStartOnCpuWhenAGpuIsAskedFor() {
        assertThat(ai.djl.engine.Engine.getInstance().getGpuCount()).isZero();
        assertThatThrownBy(() -> TorchEngine.start(SettingsOf.inference(DeviceKind.CUDA)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("device cuda was asked for");
    }

    private static LoadedSegmenter load(byte[] archive, InputSpec input) throws IOException {
        Path file = Files.createTempFile(folder, "model", ".pt");
        Files.write(file, archive);
        return engine.load(TestStore.manifest(input, LesionRules.ALL), file);
    }

    private static void assertCode(FailureCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(SegmentationException.class, failure -> assertThat(failure.code())
                        .isEqualTo(code));
    }
}
