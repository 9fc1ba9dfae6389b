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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
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
import org.lesionstream.trainer.loss.CombinedLoss;
import org.lesionstream.trainer.loss.CrossEntropyLoss;
import org.lesionstream.trainer.loss.SegmentationLoss;
import org.lesionstream.trainer.loss.SoftDiceLoss;
import org.lesionstream.trainer.testing.DiscPictures;

class TrainingRunTest {

    private static final int SIDE = 32;
    private static final Normalisation NORMALISATION = Normalisation.unit(3);
    private static final InputSpec SPEC = InputSpec.tiles(SIDE, SIDE, 3, 4, 4);

    private final SegmentationLoss loss =
            new CombinedLoss(new CrossEntropyLoss(), 0.5, new SoftDiceLoss(SoftDiceLoss.Sums.PER_BATCH, false, 1), 1);

    @Test
    void lossFallsAndDiceRises() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Block network = network(manager, 1);
            double before = dice(network, manager).getAsDouble();
            TrainingOutcome outcome = run(network, dice(network, manager), settings(8), TrainingRunTest::frozen)
                    .run(manager);
            List<EpochReport> curve = outcome.curve();
            assertThat(curve).hasSize(8);
            assertThat(curve.get(7).trainingLoss()).isLessThan(curve.get(0).trainingLoss() / 2);
            assertThat(outcome.best().validationDice()).isGreaterThan(0.9).isGreaterThan(before);
        }
    }

    @Test
    void theSameSeedGivesTheSameWeights() {
        List<float[]> once = weightsAfterTraining(3);
        List<float[]> again = weightsAfterTraining(3);
        List<float[]> other = weightsAfterTraining(4);
        for (int index = 0; index < once.size(); index++) {
            assertThat(again.get(index)).isEqualTo(once.get(index));
        }
        assertThat(other.get(0)).isNotEqualTo(once.get(0));
    }

    @Test
    void leavesTheWeightsOfTheBestEpoch() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Block network = network(manager, 1);
            Queue<Double> scores = new ArrayDeque<>(List.of(0.2, 0.8, 0.8, 0.1));
            List<float[]> afterEachEpoch = new ArrayList<>();
            DoubleSupplier judge = () -> {
                afterEachEpoch.add(firstWeights(network));
                return scores.remove();
            };
            TrainingOutcome outcome =
                    run(network, judge, settings(4), TrainingRunTest::frozen).run(manager);
            assertThat(outcome.best().epoch()).isEqualTo(2);
            assertThat(firstWeights(network)).isEqualTo(afterEachEpoch.get(1)).isNotEqualTo(afterEachEpoch.get(3));
        }
    }

    @Test
    void stopsAtTheScoreThatIsAskedFor() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Block network = network(manager, 1);
            StopRule stop = new StopRule(Optional.empty(), OptionalInt.of(9), OptionalDouble.of(0.7));
            Queue<Double> scores = new ArrayDeque<>(List.of(0.2, 0.7, 0.9));
            TrainingOutcome outcome = run(network, scores::remove, RunSettings.defaults(stop), TrainingRunTest::frozen)
                    .run(manager);
            assertThat(outcome.curve()).hasSize(2);
        }
    }

    @Test
    void stopsInTheMiddleOfAnEpochWhenTimeIsUp() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Block network = network(manager, 1);
            StopRule stop =
                    new StopRule(Optional.of(Duration.ofSeconds(10)), OptionalInt.empty(), OptionalDouble.empty());
            long[] now = {0};
            List<Double> progress = new ArrayList<>();
            ProgressListener listener = new ProgressListener() {
                @Override
                public void stepDone(int epoch, double batchLoss, double done, Duration left) {
                    progress.add(done);
                    now[0] += Duration.ofSeconds(6).toNanos();
                }
            };
            TrainingOutcome outcome = new TrainingRun(
                            network,
                            loss,
                            dataset(),
                            () -> 0.5,
                            RunSettings.defaults(stop).withBatchSize(4),
                            listener,
                            () -> now[0])
                    .run(manager);
            assertThat(outcome.curve()).hasSize(1);
            assertThat(progress).containsExactly(0.0, 0.6);
        }
    }

    @Test
    void nativeMemoryStaysFlat() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Block network = network(manager, 1);
            List<Integer> arrays = new ArrayList<>();
            DoubleSupplier judge = () -> {
                arrays.add(manager.getManagedArrays().size());
                return 0.5;
            };
            run(network, judge, settings(4), TrainingRunTest::frozen).run(manager);
            assertThat(arrays).hasSize(4).containsOnly(arrays.get(0));
        }
    }

    @Test
    void saysSoWhenTheLossIsNoNumberAnyMore() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Block network = network(manager, 1);
            SegmentationLoss broken =
                    (logits, target) -> loss.of(logits, target).mul(Float.NaN);
            TrainingRun run = new TrainingRun(
                    network, broken, dataset(), () -> 0, settings(1), ProgressListener.SILENT, TrainingRunTest::frozen);
            assertThatIllegalStateException()
                    .isThrownBy(() -> run.run(manager))
                    .withMessageContaining("NaN in epoch 1");
        }
    }

    private List<float[]> weightsAfterTraining(long seed) {
        try (NDManager manager = NDManager.newBaseManager()) {
            Block network = network(manager, seed);
            run(network, () -> 0.5, settings(2).withSeed(seed), TrainingRunTest::frozen)
                    .run(manager);
            List<float[]> weights = new ArrayList<>();
            network.getParameters()
                    .values()
                    .forEach(parameter -> weights.add(parameter.getArray().toFloatArray()));
            return weights;
        }
    }

    private TrainingRun run(Block network, DoubleSupplier judge, RunSettings settings, LongSupplier clock) {
        return new TrainingRun(network, loss, dataset(), judge, settings, ProgressListener.SILENT, clock);
    }

    private static RunSettings settings(int epochs) {
        return RunSettings.defaults(StopRule.epochs(epochs)).withBatchSize(4).withLearningRate(0.01);
    }

    /** Two convolutions and a head; the first weights are drawn from the seed. */
    private static Block network(NDManager manager, long seed) {
        Engine.getInstance().setRandomSeed((int) seed);
        SequentialBlock network = new SequentialBlock();
        for (int layer = 0; layer < 2; layer++) {
            network.add(Conv2d.builder()
                            .setKernelShape(new Shape(3, 3))
                            .optPadding(new Shape(1, 1))
                            .setFilters(6)
                            .build())
                    .add(BatchNorm.builder().build())
                    .add(Activation.reluBlock());
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
        return new SegmentationDataset(discs(0, 24), SPEC, 1, NORMALISATION, new FlipsAndTurns(), 1);
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
