package org.lesionstream.trainer.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.lesionstream.trainer.data.Batch;
import org.lesionstream.trainer.data.BatchLoader;
import org.lesionstream.trainer.data.SampleSeed;
import org.lesionstream.trainer.data.SegmentationDataset;
import org.lesionstream.trainer.loss.DeepSupervision;
import org.lesionstream.trainer.loss.Target;

/**
 * Trains one network and leaves it holding its best weights.
 *
 * <ol>
 *   <li>Take the next batches, prepared ahead by other threads.
 *   <li>For each batch: forward, loss over the heads, backward; then one step of the optimizer.
 *   <li>After each epoch: judge the network on the validation cases, and keep a copy of its weights if none were better.
 *   <li>Every few minutes, and when interrupted: keep the whole run, so that another process can go on with it.
 *   <li>Stop when time, epochs, patience or validation Dice say so, and put the best weights back.
 * </ol>
 *
 * <ul>
 *   <li>Repeatable: the same seed, initial weights, samples and number of engine threads give the same weights on a CPU, if epochs or patience end the run, however
 *       often it was interrupted or killed in between. Dropout is drawn anew from the seed at every step for that.
 *   <li>Memory: all arrays of a step hang on a manager of that step, so native memory stays flat.
 *   <li>Threads: confined to the caller's, which must be the one that loaded the engine; others may not train meanwhile.
 * </ul>
 */
public final class TrainingRun {

    private final Block network;
    private final DeepSupervision loss;
    private final SegmentationDataset samples;
    private final DoubleSupplier validationDice;
    private final RunSettings settings;
    private final RunSurroundings around;

    /**
     * @param network initialised; images {@code [N, C, H, W]} in, logits {@code [N, K, h, w]} of each head out
     * @param validationDice judges the network as it stands
     */
    public TrainingRun(
            Block network,
            DeepSupervision loss,
            SegmentationDataset samples,
            DoubleSupplier validationDice,
            RunSettings settings,
            RunSurroundings around) {
        this.network = network;
        this.loss = loss;
        this.samples = samples;
        this.validationDice = validationDice;
        this.settings = settings;
        this.around = around;
    }

    /**
     * Runs to the end, from where the run that was kept had got to.
     *
     * @param manager on which the network was initialised; the optimizer's state stays on it
     * @throws IllegalStateException when the loss stops being a number
     * @throws IOException when the run cannot be kept or read
     */
    public TrainingOutcome run(NDManager manager) throws IOException {
        Learner learner = new Learner(network, settings, manager);
        Optional<RunSnapshot> begun = around.keeper().begun();
        begun.ifPresent(snapshot -> learner.restore(snapshot.arrays()));
        RunProgress done = begun.map(RunSnapshot::progress).orElse(RunProgress.START);
        around.progress().begins(done.curve(), done.best(settings.bestFrom()));
        Stopwatch watch = new Stopwatch(done.elapsed(), around.nanoClock());
        try (BatchLoader batches = samples.load(
                done.epoch(), done.batches(), settings.batchSize(), around.loaders(), around.nanoClock())) {
            while (!done.finished() && !around.interrupted().getAsBoolean()) {
                done = step(done, learner, batches, manager, watch);
                if (done.samples() == samples.size() || settings.stop().timeIsUp(done.elapsed())) {
                    done = judge(done, learner, watch);
                }
                if (watch.lapReached(settings.keepEvery())) {
                    keep(done, learner);
                    watch.startLap();
                }
            }
        }
        keep(done, learner);
        learner.useBest();
        return outcome(done);
    }

    private TrainingOutcome outcome(RunProgress done) {
        List<EpochReport> curve = done.curve();
        Optional<EpochReport> best = done.best(settings.bestFrom());
        // A run that had come to its end before the limits were moved is over by none of these.
        String ending = done.finished()
                ? settings.stop().ending(curve.get(curve.size() - 1), best).orElse("it had come to its end before")
                : "interrupted";
        return new TrainingOutcome(
                done.finished(), ending, best.map(EpochReport::epoch).orElse(curve.size()), curve);
    }

    private RunProgress step(
            RunProgress done, Learner learner, BatchLoader batches, NDManager manager, Stopwatch watch) {
        int forwards = Math.min(settings.accumulate(), samples.batches(settings.batchSize()) - done.batches());
        double rate = rate(done);
        double lossSum = 0;
        int seen = 0;
        Engine.getInstance().setRandomSeed((int) SampleSeed.of(settings.seed(), done.epoch(), -2 - done.batches()));
        try (NDManager scope = manager.newSubManager()) {
            learner.lend(scope);
            // One collector for all forwards of the step: engines after 0.25 set the gradients to zero when one is
            // opened.
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                for (int forward = 0; forward < forwards; forward++) {
                    Batch batch = batches.next(scope);
                    NDArray batchLoss =
                            loss.of(learner.forward(batch.images()), new Target(batch.target(), batch.weights()));
                    gradients.backward(forwards == 1 ? batchLoss : batchLoss.div(forwards));
                    lossSum += batch.size() * finite(batchLoss.getFloat(), done.epoch(), rate);
                    seen += batch.size();
                }
            }
            learner.step(rate);
        }
        watch.count(seen);
        RunProgress next = new RunProgress(
                done.epoch(),
                done.batches() + forwards,
                done.samples() + seen,
                done.lossSum() + lossSum,
                rate,
                watch.elapsed(),
                done.curve(),
                false);
        tell(next, lossSum / seen, batches, watch);
        return next;
    }

    private static double finite(double batchLoss, int epoch, double rate) {
        if (!Double.isFinite(batchLoss)) {
            throw new IllegalStateException("the loss became %s in epoch %d; a smaller learning rate than %s may help"
                    .formatted(batchLoss, epoch, rate));
        }
        return batchLoss;
    }

    private double rate(RunProgress done) {
        double epochs = done.epochs(samples.size());
        return settings.schedule()
                .rate(settings.learningRate(), settings.stop().progress(epochs, done.elapsed()), epochs);
    }

    private RunProgress judge(RunProgress done, Learner learner, Stopwatch watch) throws IOException {
        Optional<EpochReport> before = done.best(settings.bestFrom());
        double highest = before.map(EpochReport::validationDice).orElse(-1.0);
        boolean mayBeBest = done.epoch() >= settings.bestFrom();
        double dice = learner.judge(validationDice, score -> mayBeBest && score > highest);
        EpochReport report =
                new EpochReport(done.epoch(), done.lossSum() / done.samples(), dice, done.rate(), watch.elapsed());
        List<EpochReport> curve = new ArrayList<>(done.curve());
        curve.add(report);
        Optional<EpochReport> best = mayBeBest && dice > highest ? Optional.of(report) : before;
        around.progress().epochDone(curve, best);
        boolean over = settings.stop().ending(report, best).isPresent();
        return RunProgress.afterEpoch(curve, report.elapsed(), over);
    }

    private void keep(RunProgress done, Learner learner) throws IOException {
        around.keeper().keep(new RunSnapshot(done, learner.state()));
    }

    private void tell(RunProgress done, double loss, BatchLoader batches, Stopwatch watch) {
        double epochs = done.epochs(samples.size());
        double share = settings.stop().progress(epochs, done.elapsed());
        Duration left = Duration.ofNanos(Math.round(done.elapsed().toNanos() * (1 - share) / Math.max(share, 1e-9)));
        around.progress()
                .stepDone(new StepReport(
                        done.epoch(), loss, share, left, watch.perSecond(), watch.share(batches.waited())));
    }
}
