package org.lesionstream.trainer.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.lesionstream.trainer.data.Batch;
import org.lesionstream.trainer.data.SegmentationDataset;
import org.lesionstream.trainer.loss.SegmentationLoss;

/**
 * Trains one network and leaves it holding its best weights.
 *
 * <ol>
 *   <li>Shuffle the samples into batches.
 *   <li>For each batch: forward, loss as the mean over the heads, backward, one step of Adam.
 *   <li>After each epoch: judge the network on the validation cases, and keep a copy of its weights if none were better.
 *   <li>Stop when time, epochs or validation Dice say so.
 *   <li>Put the best weights back.
 * </ol>
 *
 * <ul>
 *   <li>Repeatable: the same seed, initial weights, samples and number of engine threads give the same weights on a CPU, if epochs end the run.
 *   <li>Memory: all arrays of a step hang on a manager of that step, so native memory stays flat.
 *   <li>Threads: confined to the caller's, which must be the one that loaded the engine; others may not train meanwhile.
 * </ul>
 */
public final class TrainingRun {

    private final Block network;
    private final SegmentationLoss loss;
    private final SegmentationDataset samples;
    private final DoubleSupplier validationDice;
    private final RunSettings settings;
    private final ProgressListener progress;
    private final LongSupplier nanoClock;

    /**
     * @param network initialised; images {@code [N, C, H, W]} in, logits {@code [N, K, h, w]} of each head out
     * @param validationDice judges the network as it stands
     */
    public TrainingRun(
            Block network,
            SegmentationLoss loss,
            SegmentationDataset samples,
            DoubleSupplier validationDice,
            RunSettings settings,
            ProgressListener progress,
            LongSupplier nanoClock) {
        this.network = network;
        this.loss = loss;
        this.samples = samples;
        this.validationDice = validationDice;
        this.settings = settings;
        this.progress = progress;
        this.nanoClock = nanoClock;
    }

    /**
     * Runs to the end.
     *
     * @param manager on which the network was initialised; the optimizer's state stays on it
     * @throws IllegalStateException when the loss stops being a number
     */
    public TrainingOutcome run(NDManager manager) {
        Learner learner = new Learner(network, manager);
        List<EpochReport> curve = new ArrayList<>();
        EpochReport best = null;
        List<float[]> bestWeights = List.of();
        long start = nanoClock.getAsLong();
        EpochReport report;
        do {
            report = epoch(curve.size() + 1, learner, manager, start);
            curve.add(report);
            boolean better = best == null || report.validationDice() > best.validationDice();
            if (better) {
                best = report;
                bestWeights = learner.copy();
            }
            progress.epochDone(report, better);
        } while (!settings.stop().isOver(report));
        learner.restore(bestWeights);
        return new TrainingOutcome(best, curve);
    }

    private EpochReport epoch(int epoch, Learner learner, NDManager manager, long start) {
        List<List<Integer>> batches = samples.epoch(epoch, settings.batchSize());
        double lossSum = 0;
        int seen = 0;
        double rate = 0;
        for (List<Integer> numbers : batches) {
            double done = epoch - 1 + (double) seen / samples.size();
            rate = settings.schedule()
                    .rate(settings.learningRate(), settings.stop().progress(done, since(start)));
            double batchLoss = step(epoch, numbers, learner, manager, rate);
            lossSum += batchLoss * numbers.size();
            seen += numbers.size();
            tell(epoch, epoch - 1 + (double) seen / samples.size(), batchLoss, since(start));
            if (settings.stop().timeIsUp(since(start))) {
                break;
            }
        }
        return new EpochReport(epoch, lossSum / seen, validationDice.getAsDouble(), rate, since(start));
    }

    private double step(int epoch, List<Integer> numbers, Learner learner, NDManager manager, double rate) {
        try (NDManager scope = manager.newSubManager()) {
            learner.lend(scope);
            Batch batch = samples.batch(scope, epoch, numbers);
            double value;
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                NDArray batchLoss = loss.meanOverHeads(learner.forward(batch.images()), batch.target());
                gradients.backward(batchLoss);
                value = batchLoss.getFloat();
            }
            if (!Double.isFinite(value)) {
                throw new IllegalStateException(
                        "the loss became %s in epoch %d; a smaller learning rate than %s may help"
                                .formatted(value, epoch, rate));
            }
            learner.step(rate);
            return value;
        }
    }

    private void tell(int epoch, double epochsDone, double batchLoss, Duration elapsed) {
        double done = settings.stop().progress(epochsDone, elapsed);
        Duration left = Duration.ofNanos(Math.round(elapsed.toNanos() * (1 - done) / Math.max(done, 1e-9)));
        progress.stepDone(epoch, batchLoss, done, left);
    }

    private Duration since(long start) {
        return Duration.ofNanos(nanoClock.getAsLong() - start);
    }
}
