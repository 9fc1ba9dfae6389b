package org.lesionstream.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.trainer.augment.FlipsAndTurns;
import org.lesionstream.trainer.data.CaseFiles;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.data.SampleCache;
import org.lesionstream.trainer.data.SegmentationDataset;
import org.lesionstream.trainer.evaluation.BlockPredictor;
import org.lesionstream.trainer.evaluation.CaseScore;
import org.lesionstream.trainer.evaluation.Judge;
import org.lesionstream.trainer.evaluation.PictureSegmenter;
import org.lesionstream.trainer.loss.DeepSupervision;
import org.lesionstream.trainer.loss.HeadWeights;
import org.lesionstream.trainer.loss.LossCatalog;
import org.lesionstream.trainer.loss.SegmentationLoss;
import org.lesionstream.trainer.optimizer.GradientClip;
import org.lesionstream.trainer.optimizer.LearningRateSchedule;
import org.lesionstream.trainer.optimizer.OptimizerRule;
import org.lesionstream.trainer.optimizer.WeightAverage;
import org.lesionstream.trainer.testing.DiscPictures;

class TrainingRunTest {

    private static final int SIDE = 32;
    private static final Normalisation NORMALISATION = Normalisation.unit(3);
    private static final InputSpec SPEC = InputSpec.tiles(SIDE, SIDE, 3, 4, 4);
    private static final DeepSupervision LOSS =
            new DeepSupervision(LossCatalog.parse("0.5*cross-entropy+dice:smoothing=1"), HeadWeights.MEAN);
    private static final Optional<WeightAverage.Rule> AVERAGE = Optional.of(new WeightAverage.Rule(0.9));
    private static final RunSurroundings SILENT =
            new RunSurroundings(ProgressListener.SILENT, RunKeeper.NONE, () -> false, 1, TrainingRunTest::frozen);

    @TempDir
    private Path folder;

    @Test
    void lossFallsAndDiceRises() throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            Block network = network(manager, 1, 0);
            double before = dice(network, manager).getAsDouble();
            TrainingOutcome outcome =
                    run(network, dice(network, manager), settings(8)).run(manager);
            List<EpochReport> curve = outcome.curve();
            assertThat(curve).hasSize(8);
            assertThat(curve.get(7).trainingLoss()).isLessThan(curve.get(0).trainingLoss() / 2);
            assertThat(outcome.best().validationDice()).isGreaterThan(0.9).isGreaterThan(before);
        }
    }

    @Test
    void theSameSeedGivesTheSameWeights() throws IOException {
        List<float[]> once = weightsAfterTraining(3);
        List<float[]> again = weightsAfterTraining(3);
        List<float[]> other = weightsAfterTraining(4);
        for (int index = 0; index < once.size(); index++) {
            assertThat(again.get(index)).isEqualTo(once.get(index));
        }
        assertThat(other.get(0)).isNotEqualTo(once.get(0));
    }

    @Test
    void leavesTheWeightsOfTheBestEpoch() throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            Block network = network(manager, 1, 0);
            List<float[]> afterEachEpoch = new ArrayList<>();
            TrainingOutcome outcome = run(network, scores(afterEachEpoch, network, 0.2, 0.8, 0.8, 0.1), settings(4))
                    .run(manager);
            assertThat(outcome.bestEpoch()).isEqualTo(2);
            assertThat(firstWeights(network)).isEqualTo(afterEachEpoch.get(1)).isNotEqualTo(afterEachEpoch.get(3));
        }
    }

    @Test
    void keepsNoWeightsOfEpochsThatAreTooEarlyToBeTheBest() throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            Block network = network(manager, 1, 0);
            List<float[]> afterEachEpoch = new ArrayList<>();
            RunSettings late = with(StopRule.epochs(4), 1, "adam", Optional.empty(), 3);
            TrainingOutcome outcome = run(network, scores(afterEachEpoch, network, 0.9, 0.8, 0.3, 0.1), late)
                    .run(manager);
            assertThat(outcome.bestEpoch()).isEqualTo(3);
            assertThat(firstWeights(network)).isEqualTo(afterEachEpoch.get(2));
        }
    }

    @Test
    void stopsAtTheScoreThatIsAskedFor() throws IOException {
        StopRule stop = new StopRule(Optional.empty(), OptionalInt.of(9), OptionalDouble.of(0.7), OptionalInt.empty());
        assertThat(curve(stop, 0.2, 0.7, 0.9)).hasSize(2);
    }

    @Test
    void stopsWhenPatienceIsAtItsEnd() throws IOException {
        StopRule stop = new StopRule(Optional.empty(), OptionalInt.of(9), OptionalDouble.empty(), OptionalInt.of(2));
        assertThat(curve(stop, 0.2, 0.5, 0.4, 0.5, 0.9)).hasSize(4);
    }

    @Test
    void stopsInTheMiddleOfAnEpochWhenTimeIsUp() throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            Block network = network(manager, 1, 0);
            StopRule stop = new StopRule(
                    Optional.of(Duration.ofSeconds(10)),
                    OptionalInt.empty(),
                    OptionalDouble.empty(),
                    OptionalInt.empty());
            long[] now = {0};
            List<Double> progress = new ArrayList<>();
            ProgressListener listener = new ProgressListener() {
                @Override
                public void stepDone(StepReport step) {
                    progress.add(step.progress());
                    now[0] += Duration.ofSeconds(6).toNanos();
                }
            };
            RunSurroundings around = new RunSurroundings(listener, RunKeeper.NONE, () -> false, 1, () -> now[0]);
            TrainingOutcome outcome = new TrainingRun(
                            network, LOSS, dataset(), () -> 0.5, with(stop, 1, "adam", Optional.empty(), 1), around)
                    .run(manager);
            assertThat(outcome.curve()).hasSize(1);
            assertThat(progress).containsExactly(0.0, 0.6, 1.0);
        }
    }

    @Test
    void nativeMemoryStaysFlat() throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            Block network = network(manager, 1, 0);
            List<Integer> arrays = new ArrayList<>();
            DoubleSupplier judge = () -> {
                arrays.add(manager.getManagedArrays().size());
                return 0.5;
            };
            run(network, judge, with(StopRule.epochs(4), 2, "adamw", AVERAGE, 1))
                    .run(manager);
            assertThat(arrays).hasSize(4).containsOnly(arrays.get(0));
        }
    }

    @Test
    void saysSoWhenTheLossIsNoNumberAnyMore() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Block network = network(manager, 1, 0);
            SegmentationLoss broken =
                    (logits, target) -> LOSS.loss().of(logits, target).mul(Float.NaN);
            TrainingRun run = new TrainingRun(
                    network, new DeepSupervision(broken, HeadWeights.MEAN), dataset(), () -> 0, settings(1), SILENT);
            assertThatIllegalStateException()
                    .isThrownBy(() -> run.run(manager))
                    .withMessageContaining("NaN in epoch 1");
        }
    }

    /** Every place at which a run of three epochs of six batches could be left, with dropout, accumulation and an average in it. */
    @ParameterizedTest
    @ValueSource(strings = {"sgd:momentum=0.9,nesterov=true", "adam", "adamw:weight-decay=0.1", "rmsprop:momentum=0.5"})
    void goesOnAfterAnInterruptionAsIfThereHadBeenNone(String optimizer) throws IOException {
        RunSettings settings = with(StopRule.epochs(3), 2, optimizer, AVERAGE, 1);
        List<float[]> undisturbed = new ArrayList<>();
        int steps = trained(settings, RunKeeper.NONE, Integer.MAX_VALUE, undisturbed);
        assertThat(steps).isEqualTo(9);
        for (int step = 1; step < steps; step++) {
            RunFile file = new RunFile(folder.resolve("run-" + step + ".safetensors"));
            trained(settings, file, step, new ArrayList<>());
            List<float[]> resumed = new ArrayList<>();
            assertThat(trained(settings, file, Integer.MAX_VALUE, resumed)).isEqualTo(steps - step);
            for (int index = 0; index < undisturbed.size(); index++) {
                assertThat(resumed.get(index))
                        .as("array %d after an interruption at step %d", index, step)
                        .isEqualTo(undisturbed.get(index));
            }
        }
    }

    /** Trains until so many steps are done, from where the keeper says; gives the weights and the number of steps. */
    private static int trained(RunSettings settings, RunKeeper keeper, int leaveAfter, List<float[]> weights)
            throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            Block network = network(manager, 1, 0.3f);
            AtomicInteger steps = new AtomicInteger();
            ProgressListener counter = new ProgressListener() {
                @Override
                public void stepDone(StepReport step) {
                    steps.incrementAndGet();
                }
            };
            RunSurroundings around =
                    new RunSurroundings(counter, keeper, () -> steps.get() >= leaveAfter, 2, TrainingRunTest::frozen);
            DoubleSupplier judge = () -> Math.abs(firstWeights(network)[0]) % 1;
            TrainingOutcome outcome = new TrainingRun(network, LOSS, dataset(), judge, settings, around).run(manager);
            assertThat(outcome.finished()).isEqualTo(leaveAfter == Integer.MAX_VALUE);
            network.getParameters()
                    .values()
                    .forEach(parameter -> weights.add(parameter.getArray().toFloatArray()));
            return steps.get();
        }
    }

    private static List<EpochReport> curve(StopRule stop, Double... scores) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            Block network = network(manager, 1, 0);
            Queue<Double> left = new ArrayDeque<>(List.of(scores));
            return run(network, left::remove, with(stop, 1, "adam", Optional.empty(), 1))
                    .run(manager)
                    .curve();
        }
    }

    private static DoubleSupplier scores(List<float[]> weights, Block network, Double... scores) {
        Queue<Double> left = new ArrayDeque<>(List.of(scores));
        return () -> {
            weights.add(firstWeights(network));
            return left.remove();
        };
    }

    private static List<float[]> weightsAfterTraining(long seed) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            Block network = network(manager, seed, 0);
            run(network, () -> 0.5, settings(2)).run(manager);
            List<float[]> weights = new ArrayList<>();
            network.getParameters()
                    .values()
                    .forEach(parameter -> weights.add(parameter.getArray().toFloatArray()));
            return weights;
        }
    }

    private static TrainingRun run(Block network, DoubleSupplier judge, RunSettings settings) {
        return new TrainingRun(network, LOSS, dataset(), judge, settings, SILENT);
    }

    private static RunSettings settings(int epochs) {
        return with(StopRule.epochs(epochs), 1, "adam", Optional.empty(), 1);
    }

    private static RunSettings with(
            StopRule stop, int accumulate, String optimizer, Optional<WeightAverage.Rule> average, int bestFrom) {
        return new RunSettings(
                1,
                4,
                accumulate,
                OptimizerRule.parse(optimizer),
                0.01,
                LearningRateSchedule.parse("cosine"),
                GradientClip.parse("norm:limit=10"),
                average,
                bestFrom,
                stop,
                Duration.ofMinutes(5));
    }

    /** Two convolutions and a head; the first weights are drawn from the seed. */
    private static Block network(NDManager manager, long seed, float dropout) {
        Engine.getInstance().setRandomSeed((int) seed);
        SequentialBlock network = new SequentialBlock();
        for (int layer = 0; layer < 2; layer++) {
            network.add(Conv2d.builder()
                            .setKernelShape(new Shape(3, 3))
                            .optPadding(new Shape(1, 1))
                            .setFilters(6)
                            .build())
                    .add(BatchNorm.builder().build())
                    .add(Activation.reluBlock())
                    .add(Dropout.builder().optRate(dropout).build());
        }
        network.add(
                Conv2d.builder().setKernelShape(new Shape(1, 1)).setFilters(1).build());
        network.initialize(manager, DataType.FLOAT32, new Shape(1, 3, SIDE, SIDE));
        return network;
    }

    private static long frozen() {
        return 0;
    }

    private static float[] firstWeights(Block network) {
        return network.getParameters().valueAt(0).getArray().toFloatArray();
    }

    private static SegmentationDataset dataset() {
        return new SegmentationDataset(discs(0, 22), SPEC, 1, NORMALISATION, new FlipsAndTurns(), Optional.empty(), 1);
    }

    private static DoubleSupplier dice(Block network, NDManager manager) {
        Judge judge = new Judge(discs(100, 6), 2);
        PictureSegmenter segmenter =
                new PictureSegmenter(SPEC, new BlockPredictor(network, 0, manager, SPEC, NORMALISATION, 0.5), 0.5, 4);
        return () -> CaseScore.meanDice(judge.scores(segmenter));
    }

    private static SampleCache discs(int from, int count) {
        List<CaseFiles> cases = IntStream.range(from, from + count)
                .mapToObj(number -> new CaseFiles(Integer.toString(number), Path.of("image"), Path.of("mask")))
                .toList();
        return new SampleCache(cases, files -> DiscPictures.sample(SIDE, SIDE, Long.parseLong(files.name())), 1 << 20);
    }
}
