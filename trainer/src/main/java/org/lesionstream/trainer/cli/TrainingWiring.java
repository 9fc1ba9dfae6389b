package org.lesionstream.trainer.cli;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.lesionstream.schemas.image.InputSpec;
import org.lesionstream.trainer.augment.AugmentationChain;
import org.lesionstream.trainer.augment.FlipsAndTurns;
import org.lesionstream.trainer.augment.IntensityShift;
import org.lesionstream.trainer.data.CaseReader;
import org.lesionstream.trainer.data.Normalisation;
import org.lesionstream.trainer.data.SampleCache;
import org.lesionstream.trainer.data.SampleTransform;
import org.lesionstream.trainer.data.SegmentationDataset;
import org.lesionstream.trainer.evaluation.BlockPredictor;
import org.lesionstream.trainer.evaluation.CaseScore;
import org.lesionstream.trainer.evaluation.Judge;
import org.lesionstream.trainer.evaluation.PictureSegmenter;
import org.lesionstream.trainer.loss.CombinedLoss;
import org.lesionstream.trainer.loss.CrossEntropyLoss;
import org.lesionstream.trainer.loss.SegmentationLoss;
import org.lesionstream.trainer.loss.SoftDiceLoss;
import org.lesionstream.trainer.network.NetworkCatalog;
import org.lesionstream.trainer.network.SegmentationNetwork;
import org.lesionstream.trainer.training.ProgressListener;
import org.lesionstream.trainer.training.RunSettings;
import org.lesionstream.trainer.training.TrainingRun;

/** Builds everything a training run consists of from its plan: reading it tells who talks to whom. */
final class TrainingWiring {

    /** Of the heap, for each of the two caches; the rest is for batches, weights and the garbage between them. */
    private static final int CACHE_SHARE = 4;

    private final TrainingPlan plan;
    private final NDManager manager;
    private final SegmentationNetwork network;
    private final SampleCache samples;
    private final Normalisation normalisation;

    /**
     * Reads the training pictures as far as memory allows, and draws the first weights.
     *
     * @param manager owner of the network's arrays
     */
    TrainingWiring(TrainingPlan plan, NDManager manager) {
        InputSpec input = plan.input();
        this.plan = plan;
        this.manager = manager;
        this.samples =
                new SampleCache(plan.split().train(), new CaseReader(input, plan.labels())::sample, cacheBytes());
        this.normalisation = Normalisation.of(samples.images());
        Engine.getInstance().setRandomSeed((int) plan.settings().seed());
        this.network = NetworkCatalog.build(plan.network());
        network.initialize(manager, DataType.FLOAT32, new Shape(1, input.channels(), input.height(), input.width()));
    }

    /** The network that {@link #run} trains. */
    SegmentationNetwork network() {
        return network;
    }

    /** What the network's input went through; it belongs into the exported graph. */
    Normalisation normalisation() {
        return normalisation;
    }

    TrainingRun run(ProgressListener progress, LongSupplier nanoClock) {
        RunSettings settings = plan.settings();
        CaseReader reader = new CaseReader(plan.input(), plan.labels());
        SegmentationDataset dataset = new SegmentationDataset(
                samples, plan.input(), network.classes(), normalisation, augmentation(settings), settings.seed());
        BlockPredictor predictor = new BlockPredictor(
                network,
                network.answeringHead(),
                manager,
                plan.input(),
                normalisation,
                plan.output().threshold());
        PictureSegmenter segmenter =
                new PictureSegmenter(plan.input(), predictor, plan.output().threshold(), settings.batchSize());
        Judge judge =
                new Judge(new SampleCache(plan.split().validation(), reader::source, cacheBytes()), plan.labels());
        return new TrainingRun(
                network,
                loss(settings),
                dataset,
                () -> CaseScore.meanDice(judge.scores(segmenter)),
                settings,
                progress,
                nanoClock);
    }

    private static long cacheBytes() {
        return Runtime.getRuntime().maxMemory() / CACHE_SHARE;
    }

    private static SegmentationLoss loss(RunSettings settings) {
        return new CombinedLoss(
                new CrossEntropyLoss(),
                settings.crossEntropyWeight(),
                new SoftDiceLoss(SoftDiceLoss.Sums.PER_BATCH, false, settings.diceSmoothing()),
                settings.diceWeight());
    }

    private static SampleTransform augmentation(RunSettings settings) {
        List<SampleTransform> links = new ArrayList<>();
        if (settings.flips()) {
            links.add(new FlipsAndTurns());
        }
        links.add(new IntensityShift(settings.contrast(), settings.brightness()));
        return new AugmentationChain(links);
    }
}
