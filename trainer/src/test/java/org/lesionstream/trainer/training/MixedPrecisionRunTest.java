package org.lesionstream.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.trainer.augment.FlipsAndTurns;
import org.lesionstream.trainer.data.CaseFiles;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.data.SampleCache;
import org.lesionstream.trainer.data.SegmentationDataset;
import org.lesionstream.trainer.loss.DeepSupervision;
import org.lesionstream.trainer.loss.HeadWeights;
import org.lesionstream.trainer.loss.LossCatalog;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.NetworkSpec;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.optimizer.GradientClip;
import org.lesionstream.trainer.optimizer.LearningRateSchedule;
import org.lesionstream.trainer.optimizer.OptimizerRule;
import org.lesionstream.trainer.optimizer.WeightAverage;
import org.lesionstream.trainer.precision.MixedPrecisionBlock;
import org.lesionstream.trainer.testing.DiscPictures;

/** What runs promise, of a network that computes in bfloat16, with dropout and an average of the weights in it. */
class MixedPrecisionRunTest {
    private static final int SIDE = 32;
    private static final int BATCH = 4;
    private static final int STEPS = 6; // two epochs of three batches, of which the last is smaller

    private static final RunSettings SETTINGS = new RunSettings(
            1,
            BATCH,
            1,
            OptimizerRule.parse("adam"),
            0.01,
            LearningRateSchedule.parse("cosine"),
            GradientClip.parse("norm:limit=10"),
            Optional.of(new WeightAverage.Rule(0.9)),
            1,
            StopRule.epochs(2),
            Duration.ofMinutes(5));

    @TempDir
    private Path folder;

    private final List<Double> losses = new ArrayList<>();
    private final List<Integer> arrays = new ArrayList<>();

    @Test
    void goesOnAfterAnInterruptionAsIfThereHadBeenNone() throws IOException {
        Map<String, float[]> undisturbed = trained(RunKeeper.NONE, STEPS);
        for (int step = 1; step < STEPS; step++) {
            RunFile file = new RunFile(folder.resolve("run-" + step + ".safetensors"));
            trained(file, step);
            Map<String, float[]> resumed = trained(file, STEPS);
            undisturbed.forEach(
                    (name, weights) -> assertThat(resumed.get(name)).as(name).isEqualTo(weights));
        }
    }

    @Test
    void nativeMemoryStaysFlatWhileTheLossFalls() throws IOException {
        trained(RunKeeper.NONE, STEPS);

        assertThat(losses).hasSize(STEPS);
        assertThat(losses.get(STEPS - 1)).isLessThan(losses.get(0));
        assertThat(arrays).hasSize(2).containsOnly(arrays.get(0));
    }

    /** Trains until so many steps are done, from where the keeper says; gives parameters and statistics by name. */
    private Map<String, float[]> trained(RunKeeper keeper, int leaveAfter) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            Engine.getInstance().setRandomSeed(1);
            SegmentationNetwork network =
                    NetworkCatalog.build(NetworkSpec.parse("unet-same:base=8,depth=2,dropout=0.3"));
            network.initialize(manager, DataType.FLOAT32, new Shape(1, 3, SIDE, SIDE));
            AtomicInteger steps = new AtomicInteger();
            ProgressListener listener = new ProgressListener() {
                @Override
                public void stepDone(StepReport step) {
                    steps.incrementAndGet();
                    losses.add(step.loss());
                }
            };
            RunSurroundings around =
                    new RunSurroundings(listener, keeper, () -> steps.get() >= leaveAfter, 1, () -> 0L);
            DoubleSupplier judge = () -> {
                arrays.add(manager.getManagedArrays().size());
                return 0.5;
            };
            DeepSupervision loss = new DeepSupervision(LossCatalog.parse("cross-entropy"), HeadWeights.MEAN);
            new TrainingRun(
                            MixedPrecisionBlock.of(network, SIDE, SIDE, manager),
                            loss,
                            discs(),
                            judge,
                            SETTINGS,
                            around)
                    .run(manager);
            Map<String, float[]> numbers = new LinkedHashMap<>();
            network.stateDict()
                    .forEach((name, parameter) ->
                            numbers.put(name, parameter.getArray().toFloatArray()));
            return numbers;
        }
    }

    private static SegmentationDataset discs() {
        List<CaseFiles> cases = IntStream.range(0, 2 * BATCH + 2)
                .mapToObj(number -> new CaseFiles(Integer.toString(number), Path.of("image"), Path.of("mask")))
                .toList();
        SampleCache samples =
                new SampleCache(cases, files -> DiscPictures.sample(SIDE, SIDE, Long.parseLong(files.name())), 1 << 20);
        return new SegmentationDataset(
                samples,
                InputSpec.tiles(SIDE, SIDE, 3, 4, 4),
                1,
                Normalisation.unit(3),
                new FlipsAndTurns(),
                Optional.empty(),
                1);
    }
}
